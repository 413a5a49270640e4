/**
 * Where Directive 2002/58/EC art. 13 is law: the member states of the European Union, the territories of
 * the Union that have an ISO 3166-1 code of their own (TFEU art. 349, 355), and the states of the European
 * Economic Area (EEA Agreement, annex XI).
 */
export const EPRIVACY_STATES: ReadonlySet<string> = new Set([
  ...['AT', 'BE', 'BG', 'CY', 'CZ', 'DE', 'DK', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'HU'],
  ...['IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PL', 'PT', 'RO', 'SE', 'SI', 'SK'],
  ...['AX', 'GF', 'GP', 'MF', 'MQ', 'RE', 'YT'],
  ...['IS', 'LI', 'NO'],
]);

/** Where the Privacy and Electronic Communications Regulations 2003 keep the same rule. */
export const PECR_STATES: ReadonlySet<string> = new Set(['GB']);
