import { createHash } from 'node:crypto';

/*
 * One calm sheet for all public pages. Colours have a contrast of at least 4.5:1 for text and 3:1 for
 * edges of controls, in light and dark (WCAG 1.4.3, 1.4.11); targets are at least 44 px high (2.5.8).
 */
const COLOURS = `
:root {
  color-scheme: light dark;
  --ground: #f4f2ee;
  --sheet: #ffffff;
  --ink: #1d2129;
  --quiet: #555c68;
  --edge: #dcd8d0;
  --control: #767c87;
  --accent: #1f5f5b;
  --accent-strong: #174a47;
  --on-accent: #ffffff;
  --tint: #e8f1ef;
  --wrong: #a3262a;
  --wrong-tint: #fbeeed;
  --focus: #1d4ed8;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #14171b;
    --sheet: #1c2026;
    --ink: #eceef1;
    --quiet: #aeb6c2;
    --edge: #333a44;
    --control: #8a94a3;
    --accent: #7cc8bf;
    --accent-strong: #a3dcd5;
    --on-accent: #0e2422;
    --tint: #1b302f;
    --wrong: #ffaaa5;
    --wrong-tint: #3a2022;
    --focus: #9dbbff;
  }
}`;

const BASE = `
*, *::before, *::after { box-sizing: border-box; }
html { font-size: 100%; -webkit-text-size-adjust: 100%; }
body {
  margin: 0;
  min-height: 100vh;
  min-height: 100dvh;
  background: var(--ground);
  color: var(--ink);
  font: 1.0625rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: break-word;
}
h1, h2, .brand {
  font-family: ui-serif, "Iowan Old Style", "Palatino Linotype", Palatino, Georgia, serif;
  line-height: 1.25;
  text-wrap: balance;
}
h1 { font-size: clamp(1.625rem, 1.2rem + 2vw, 2.125rem); font-weight: 600; margin: 0 0 0.75rem; }
h2 { font-size: 1.1875rem; font-weight: 600; margin: 0 0 0.5rem; }
p { margin: 0 0 1rem; }
ul { margin: 0 0 1rem; padding-left: 1.25rem; }
a { color: var(--accent); text-underline-offset: 0.2em; text-decoration-thickness: 0.08em; }
a:hover { color: var(--accent-strong); text-decoration-thickness: 0.14em; }
:focus { outline: none; }
:focus-visible { outline: 3px solid var(--focus); outline-offset: 3px; border-radius: 4px; }
.lead { font-size: 1.125rem; color: var(--quiet); margin-bottom: 1.5rem; }
.small, .hint { font-size: 0.9375rem; color: var(--quiet); }
.skip { position: absolute; left: 1rem; top: -6rem; background: var(--sheet); padding: 0.75rem 1rem; z-index: 1; }
.skip:focus { top: 0.5rem; }
.apart { position: absolute; left: -200vw; width: 1px; height: 1px; overflow: hidden; }`;

const FRAME = `
.narrow > .top, .narrow > main, .narrow > .foot { width: min(100% - 2rem, 38rem); margin-inline: auto; }
.top {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1.5rem;
  padding: 1.5rem 0 1.25rem;
}
.brand { display: flex; align-items: center; gap: 0.75rem; margin: 0; font-size: 1.1875rem; font-weight: 600; }
.mark {
  flex: none; display: grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%;
  background: var(--accent); color: var(--on-accent); font-size: 1.25rem; line-height: 1;
}
.languages ul { display: flex; flex-wrap: wrap; gap: 0.25rem; list-style: none; margin: 0; padding: 0; }
.languages a, .languages span {
  display: inline-flex; align-items: center; min-height: 2.75rem; padding: 0 0.75rem; border-radius: 6px;
}
.languages span { font-weight: 600; background: var(--tint); }
main {
  background: var(--sheet); border: 1px solid var(--edge); border-radius: 14px;
  padding: clamp(1.25rem, 0.5rem + 4vw, 2.5rem);
  box-shadow: 0 1px 2px rgb(0 0 0 / 0.04), 0 12px 32px -16px rgb(0 0 0 / 0.14);
}
main > :last-child, main section > :last-child { margin-bottom: 0; }
main:focus-visible { outline-offset: 0; border-radius: 14px; }
.foot { padding: 1.75rem 0 3rem; color: var(--quiet); font-size: 0.9375rem; }
.foot h2 { font-size: 1rem; color: var(--ink); }
.foot address { font-style: normal; margin: 0 0 1rem; }
.foot strong { color: var(--ink); }
.foot .label::after { content: " ·"; }
section { border-top: 1px solid var(--edge); padding-top: 1.5rem; margin-top: 1.75rem; }`;

const FORMS = `
form { margin: 0; }
fieldset { border: 0; margin: 0 0 1.5rem; padding: 0; min-width: 0; }
legend { float: left; width: 100%; font-weight: 600; padding: 0; margin-bottom: 0.5rem; }
legend + * { clear: both; }
label { font-weight: 600; }
.field { margin-bottom: 1.5rem; }
.field > label { display: block; margin-bottom: 0.375rem; }
.optional { font-weight: 400; color: var(--quiet); }
input[type="text"], input[type="email"], input[type="date"], select {
  width: 100%; min-height: 3rem; padding: 0.5rem 0.875rem; font: inherit; color: var(--ink);
  background: var(--sheet); border: 1px solid var(--control); border-radius: 8px;
}
input[type="text"]:focus-visible, input[type="email"]:focus-visible, input[type="date"]:focus-visible,
select:focus-visible { outline-offset: 1px; border-radius: 8px; }
input[type="date"]:focus-within { outline: 3px solid var(--focus); outline-offset: 1px; }
.wrong { border-left: 4px solid var(--wrong); padding-left: 1rem; }
.wrong input, .wrong select { border-color: var(--wrong); }
.error { color: var(--wrong); font-weight: 600; margin: 0 0 0.375rem; }
.errors {
  border: 2px solid var(--wrong); background: var(--wrong-tint); border-radius: 10px;
  padding: 1rem 1.25rem; margin-bottom: 1.75rem;
}
.errors ul { margin: 0; }
.errors a { color: var(--wrong); font-weight: 600; }
.tick { display: flex; gap: 0.75rem; align-items: flex-start; padding: 0.375rem 0; min-height: 2.75rem; }
.tick input { flex: none; width: 1.5rem; height: 1.5rem; margin: 0.125rem 0 0; accent-color: var(--accent); }
.tick label { font-weight: 400; padding-top: 0.0625rem; }
.tick .hint { display: block; }
.consent { background: var(--tint); border-radius: 10px; padding: 1rem 1.25rem; margin-bottom: 1.5rem; }
.consent.wrong { border-radius: 0 10px 10px 0; }
.consent .tick label { font-weight: 600; }
.particulars { margin: 0.5rem 0 0; font-size: 0.9375rem; }
.particulars p { margin: 0.125rem 0; }
.consent > .hint { margin: 0.75rem 0 0; }
button, .button {
  display: inline-flex; align-items: center; justify-content: center; min-height: 3rem; padding: 0.625rem 1.5rem;
  font: inherit; font-weight: 600; text-align: center; text-decoration: none; cursor: pointer;
  color: var(--on-accent); background: var(--accent); border: 2px solid var(--accent); border-radius: 999px;
}
button:hover, .button:hover { background: var(--accent-strong); border-color: var(--accent-strong); color: var(--on-accent); }
button:focus-visible, .button:focus-visible { border-radius: 999px; }
button.second { color: var(--accent); background: transparent; }
button.second:hover { color: var(--accent-strong); background: var(--tint); }
.rows { list-style: none; margin: 0; padding: 0; }
.rows > li {
  display: flex; flex-wrap: wrap; gap: 0.5rem 1rem; align-items: center; justify-content: space-between;
  padding: 0.75rem 0; border-top: 1px solid var(--edge);
}
.rows > li:first-child { border-top: 0; }
.rows .what { flex: 1 1 14rem; }
.rows .what span { display: block; }
.done { background: var(--tint); border-radius: 10px; padding: 1.25rem 1.5rem; margin-bottom: 1.5rem; }
.done h1 { font-size: 1.5rem; margin-bottom: 0.25rem; }
.done p { margin: 0; }
.done:focus-visible, [role="status"]:focus-visible { outline: 2px solid var(--accent); border-radius: 10px; }
.errors:focus-visible { outline-color: var(--wrong); outline-width: 2px; border-radius: 10px; }
.plain { margin-bottom: 0.75rem; }
.after { margin-top: 1rem; }
@media (forced-colors: active) { button, .button, .mark, .done, .consent { border: 2px solid; } }
@media (max-width: 30rem) { main button, main .button { width: 100%; } .tabs a { flex: 1 1 auto; } }`;

const WIDE = `
.wide { display: flex; flex-direction: column; }
.wide > .top { padding: 0.75rem clamp(1rem, 3vw, 2rem); }
.wide > main {
  flex: 1; display: flex; flex-direction: column; padding: 0; border-width: 1px 0 0; border-radius: 0; box-shadow: none;
}
.wide main > .bar {
  display: flex; flex-wrap: wrap; gap: 0.75rem 1.5rem; align-items: center; justify-content: space-between;
  padding: 0.75rem clamp(1rem, 3vw, 2rem); border-bottom: 1px solid var(--edge);
}
.wide .bar h1 { font-size: 1.25rem; margin: 0; }
.wide .bar .done { margin: 0; padding: 0.5rem 1rem; }
.wide .bar .done h1 { font-size: 1.0625rem; }
.wide .bar p { margin: 0; }
.wide iframe { flex: 1; width: 100%; min-height: 70vh; border: 0; background: #ffffff; }
.wide .inside { width: min(100% - 2rem, 60rem); margin: 1.5rem auto; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 0.125rem 1rem; margin: 0; font-size: 0.9375rem; }
.facts dt { color: var(--quiet); }
.facts dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
.tabs { display: flex; flex-wrap: wrap; gap: 0.25rem; list-style: none; margin: 0; padding: 0; }
.tabs a { display: inline-flex; align-items: center; justify-content: center; min-height: 2.75rem; padding: 0 1rem; border-radius: 999px; }
.tabs a[aria-current] { background: var(--accent); color: var(--on-accent); text-decoration: none; font-weight: 600; }
pre {
  margin: 0; white-space: pre-wrap; overflow-wrap: anywhere;
  font: 0.875rem/1.6 ui-monospace, "SF Mono", Menlo, Consolas, monospace;
}
.headers { width: 100%; border-collapse: collapse; font-size: 0.9375rem; }
.headers th, .headers td { text-align: left; vertical-align: top; padding: 0.5rem 1rem 0.5rem 0; border-top: 1px solid var(--edge); }
.headers td { overflow-wrap: anywhere; }
.headers th { white-space: nowrap; font-weight: 600; }
@media (max-width: 40rem) {
  .headers th, .headers td { display: block; white-space: normal; padding: 0.25rem 0; }
  .headers td { border-top: 0; padding-bottom: 0.75rem; }
}
.mails { list-style: none; margin: 0 0 1.5rem; padding: 0; }
.mails li { border-top: 1px solid var(--edge); }
.mails a { display: grid; gap: 0 1rem; grid-template-columns: 1fr auto; padding: 0.875rem 0.25rem; text-decoration: none; color: var(--ink); }
.mails a:hover { background: var(--tint); }
.mails .subject { font-weight: 600; min-width: 0; overflow-wrap: anywhere; }
.mails .who { grid-column: 1 / -1; color: var(--quiet); font-size: 0.9375rem; overflow-wrap: anywhere; }
.mails time { color: var(--quiet); font-size: 0.9375rem; }
@media (max-width: 40rem) { .mails a { grid-template-columns: 1fr; } }`;

export const STYLE = [COLOURS, BASE, FRAME, FORMS, WIDE].join('\n');

/** Changes with the sheet, so that browsers may keep it for ever under this name. */
export const STYLE_VERSION = createHash('sha256').update(STYLE).digest('hex').slice(0, 12);
