/**
 * The code of a relay's reply: three digits and, where given, the enhanced code. The words are left out,
 * since they quote addresses. Source: RFC 5321 s. 4.2, RFC 3463 s. 2.
 */
export const replyCode = (reply: string): string => {
  const found = /^(\d{3})(?:[ -]([245]\.\d{1,3}\.\d{1,3})\b)?/.exec(reply);
  if (found === null) return 'unreadable';
  const [, basic = '', enhanced] = found;
  return enhanced === undefined ? basic : `${basic} ${enhanced}`;
};
