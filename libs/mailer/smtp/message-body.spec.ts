import { describe, expect, it } from '@jest/globals';
import { isWireReady } from './message-body.ts';

const ready = (source: string): boolean => isWireReady(Buffer.from(source));

describe('what goes on the wire as it is (RFC 5321 s. 4.5.2)', () => {
  it('is a message of whole lines', () => {
    expect(ready('A: b\r\n\r\nText. More.\r\n')).toBe(true);
    expect(ready('\r\n')).toBe(true);
  });

  it.each([
    ['a dot that begins the message', '.a\r\n'],
    ['a dot that begins a line', 'a\r\n.\r\nQUIT\r\n'],
    ['a line that does not end', 'a\r\nb'],
    ['an end without LF', 'a\r'],
    ['a bare LF', 'a\n.\r\n'],
    ['a bare LF at the start', '\na\r\n'],
    ['a bare CR', 'a\rb\r\n'],
    ['a bare CR before a line end', 'a\r\r\n'],
    ['nothing', ''],
  ])('is not %s', (_, source) => {
    expect(ready(source)).toBe(false);
  });
});
