/**
 * A foreign text fit to be stored in clear: each e-mail address in it becomes `…@…`, line breaks become
 * spaces, and it ends after 300 characters. It cannot recognise a bare name; whoever knows one removes it.
 */
export const withoutAddresses = (text: string): string =>
  text
    .replaceAll(/[^\s<>()[\],;:"']*@[^\s<>()[\],;:"']*/g, '…@…')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
