/** What differs between notices; all of it MJML or Liquid written by us. */
export type NoticeLayout = Readonly<{
  language: 'fr' | 'en';
  title: string;
  /** Paragraphs and buttons of the main column. */
  main: string;
  /** Below the line, before the sender's block. */
  footer: string;
}>;

const DARK = `
  :root { color-scheme: light dark; supported-color-schemes: light dark; }
  a { color: #0b57d0; }
  @media (prefers-color-scheme: dark) {
    .page, .page > table { background: #16181d !important; background-color: #16181d !important; }
    .card, .card > table { background: #22252c !important; background-color: #22252c !important; }
    .ink div, .ink p, .ink li, .ink h1 { color: #f1f3f6 !important; }
    .quiet div, .quiet p, .quiet a { color: #c4c9d2 !important; }
    .ink a { color: #a8c7fa !important; }
  }`;

/** One look for all notices: one column, readable at any width, in light and dark, without pictures. */
export const noticeMjml = ({ language, title, main, footer }: NoticeLayout): string => `
<mjml lang="${language}">
  <mj-head>
    <mj-title>${title}</mj-title>
    <mj-attributes>
      <mj-all font-family="-apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif" />
      <mj-text font-size="16px" line-height="1.6" color="#1f2430" padding="8px 32px" />
      <mj-button background-color="#0b57d0" color="#ffffff" border-radius="6px" font-size="16px"
        font-weight="600" inner-padding="14px 28px" padding="16px 32px" align="left" />
    </mj-attributes>
    <mj-style>${DARK}</mj-style>
    <mj-raw>
      <meta name="color-scheme" content="light dark">
      <meta name="supported-color-schemes" content="light dark">
    </mj-raw>
  </mj-head>
  <mj-body css-class="page" background-color="#f2f4f7" width="600px">
    <mj-section padding="16px 0"><mj-column><mj-spacer height="1px" /></mj-column></mj-section>
    <mj-section css-class="card" background-color="#ffffff" border-radius="10px 10px 0 0" padding="24px 0 8px">
      <mj-column>
        <mj-text css-class="ink" padding="8px 32px"><h1 style="margin:0;font-size:24px;line-height:1.3;">${title}</h1></mj-text>
        ${main}
      </mj-column>
    </mj-section>
    <mj-section css-class="card" background-color="#ffffff" border-radius="0 0 10px 10px" padding="0 0 24px">
      <mj-column>
        <mj-divider border-width="1px" border-color="#c4c9d2" padding="8px 32px" />
        <mj-text css-class="quiet" font-size="14px" color="#4a5160">${footer}</mj-text>
        <mj-text css-class="quiet" font-size="14px" color="#4a5160">{{ sender.block }}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section padding="8px 0"><mj-column><mj-spacer height="1px" /></mj-column></mj-section>
  </mj-body>
</mjml>`;

/** A paragraph of the main column. */
export const paragraph = (text: string): string => `<mj-text css-class="ink">${text}</mj-text>`;

/** The names of the lists that a notice is about. */
export const LISTS =
  '<mj-text css-class="ink"><ul style="margin:0;padding-left:20px;">{% for list in lists %}<li>{{ list.name }}</li>{% endfor %}</ul></mj-text>';
