/**
 * Makes the links of somebody else's HTML open outside the frame that it is shown in: `_top` in place of our
 * page, `_blank` beside it.
 */
export const linksOutOfFrame = (source: string, target: '_top' | '_blank'): string => {
  const base = `<base target="${target}">`;
  const head = /<head\b[^>]*>/i.exec(source);
  if (head === null) return base + source;
  const end = head.index + head[0].length;
  return source.slice(0, end) + base + source.slice(end);
};
