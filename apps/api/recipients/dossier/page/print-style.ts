import { createHash } from 'node:crypto';

/** Black on white, on A4 and Letter alike: a dossier is read on paper, and kept. */
const STYLE = `
:root { color-scheme: light; }
*, *::before, *::after { box-sizing: border-box; }
html { font-size: 100%; }
body {
  margin: 0 auto; padding: 2rem 1.25rem 4rem; max-width: 62rem; background: #fff; color: #000;
  font: 0.9375rem/1.5 "Helvetica Neue", Helvetica, Arial, "Liberation Sans", sans-serif; overflow-wrap: break-word;
}
h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; }
h1 { font-size: 1.75rem; margin: 0 0 0.25rem; }
h2 { font-size: 1.25rem; margin: 2.25rem 0 0.75rem; padding-top: 0.5rem; border-top: 2px solid #000; }
h3 { font-size: 1rem; margin: 1.25rem 0 0.375rem; }
h4 { font-size: 0.9375rem; margin: 0.75rem 0 0.25rem; }
p { margin: 0 0 0.625rem; orphans: 3; widows: 3; }
ul { margin: 0 0 0.75rem; padding-left: 1.25rem; }
a { color: #003a8c; }
:focus-visible { outline: 3px solid #1d4ed8; outline-offset: 2px; }
.lead { font-size: 1.0625rem; }
h4 + .proof { break-after: avoid; }
.quiet { color: #444; }
.details { font-size: 0.875em; }
code, .proof { font: 0.8125rem/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; overflow-wrap: anywhere; }
.brief { display: grid; grid-template-columns: repeat(auto-fit, minmax(7rem, 1fr)); gap: 0.75rem 1rem; list-style: none; margin: 1rem 0; padding: 0; }
.brief b { display: block; font-size: 1.375rem; }
nav ul { columns: 2; column-gap: 2rem; margin: 0; }
nav a { display: inline-block; padding: 0.25rem 0; }
.verdict { border: 2px solid #000; padding: 0.75rem 1rem; margin: 0 0 1rem; break-inside: avoid; }
.verdict b { font-size: 1.25rem; margin-right: 0.5rem; }
.scroll { overflow-x: auto; margin: 0 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 1px solid #888; padding: 0.3125rem 0.5rem; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
thead th { background: #eee; }
tr { break-inside: avoid; }
td { overflow-wrap: anywhere; }
.facts th { width: 13rem; font-weight: 600; background: #f6f6f6; }
.proofs td { border-top: 0; padding-top: 0; }
.first td { border-bottom: 0; }
tbody.one { break-inside: avoid; }
blockquote { margin: 0 0 0.5rem; padding: 0.5rem 0.75rem; border-left: 4px solid #000; background: #f6f6f6; white-space: pre-line; break-inside: avoid; }
article { margin-bottom: 1.5rem; }
@media (max-width: 40rem) { nav ul { columns: 1; } .facts th { width: 8rem; } }
@media print {
  body { max-width: none; padding: 0; font-size: 9.5pt; }
  code, .proof { font-size: 7.5pt; }
  h1 { font-size: 18pt; }
  h2 { font-size: 13pt; }
  nav { display: none; }
  .facts { break-inside: avoid; }
  a { color: inherit; text-decoration: none; }
  .scroll { overflow: visible; }
  thead th, .facts th, blockquote { print-color-adjust: exact; }
}`;

/** What stands at the foot of each sheet. Only letters, digits and a few signs get into a style sheet. */
const footOf = (left: string, page: string): string => `
@page {
  margin: 16mm 14mm 18mm;
  @bottom-left { content: "${styleText(left)}"; font: 7.5pt Helvetica, Arial, sans-serif; color: #333; }
  @bottom-right { content: "${styleText(page)} " counter(page) " / " counter(pages); font: 7.5pt Helvetica, Arial, sans-serif; color: #333; }
}`;

const styleText = (text: string): string => text.replaceAll(/[^\p{L}\p{N} .,:_·/-]/gu, '');

/** The one style sheet of a dossier, inside the page so that a saved file stays whole. */
export const styleOf = (left: string, page: string): string => STYLE + footOf(left, page);

/** Lets this very style sheet apply, and nothing else be loaded or run. */
export const policyFor = (style: string): string => {
  const hash = createHash('sha256').update(style).digest('base64');
  return `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
};
