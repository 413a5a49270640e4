import type { Bilingual } from '#domain/kernel/index';

/** What a command cannot do, said so that the reader can do something about it. Holds nothing personal. */
export class CommandRefused extends Error {
  readonly code: string;
  readonly words: Bilingual;

  constructor(code: string, words: Bilingual) {
    super(words.en);
    this.name = 'CommandRefused';
    this.code = code;
    this.words = words;
  }
}

/** The command line itself is wrong, or what it names cannot be read: exit status 2. */
export class BadUsage extends CommandRefused {
  constructor(words: Bilingual, code = 'bad-usage') {
    super(code, words);
    this.name = 'BadUsage';
  }
}
