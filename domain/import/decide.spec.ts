import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clear, fold, isShredded } from '#domain/kernel/index';
import { specify } from '#domain/kernel/testing/specification';
import { anAccount, aRecipient, later, now } from '#domain/testing/sample-ids';
import { importStream, type ImportCommand, type ImportQueued, type RecordRows } from './index.ts';

const data = { accountId: anAccount, format: 'csv', bytes: 1200, dryRun: false } as const;
const personal = clear({ mapping: { preset: 'mailchimp', consent: { attestedBy: 'J. Roy' } } });
const queue = { type: 'QueueImport', data, personal, now } as const;
const start = { type: 'StartImport', unmapped: ['Notes'], now } as const;
const rows = (
  from: number,
  outcomes: string,
  codes: Readonly<Record<string, string>> = {},
): RecordRows => ({
  type: 'RecordRows',
  rows: {
    from,
    to: from + outcomes.length - 1,
    outcomes,
    recipientIds: Array.from(outcomes, (letter) => (letter === 'r' ? null : aRecipient)),
    codes,
  },
  now,
});
const complete = (count: number) => ({ type: 'CompleteImport', rows: count, now }) as const;
const fail = {
  type: 'FailImport',
  code: 'not-csv',
  message: 'Save it as CSV.',
  row: 3,
  now,
} as const;

const queued: ImportQueued = { type: 'ImportQueued', data: { ...data, at: now }, personal };
const started = { type: 'ImportStarted', data: { unmapped: ['Notes'], at: now } } as const;
const processed = (...run: Parameters<typeof rows>) =>
  ({ type: 'ImportRowsProcessed', data: { ...rows(...run).rows, at: now } }) as const;
const completed = (count: number) =>
  ({ type: 'ImportCompleted', data: { rows: count, at: now } }) as const;
const failed = {
  type: 'ImportFailed',
  data: { code: 'not-csv', message: 'Save it as CSV.', row: 3, at: now },
} as const;
const anImport = specify(importStream);

describe('an import', () => {
  it('is queued once, its mapping as personal data', () => {
    anImport.given().when(queue).then(queued);
    anImport.given(queued, started).when(queue).thenNothing();
    anImport
      .given(queued)
      .when({ ...queue, personal: clear({ mapping: {} }) })
      .thenRefused({ code: 'import-exists' });
    const { mapping } = fold(importStream, [queued]);
    expect(isShredded(mapping) || mapping.reveal()).toEqual(personal.reveal().mapping);
  });

  it('starts, and starts again after a stop without another event', () => {
    anImport.given(queued).when(start).then(started);
    anImport.given(queued, started, processed(1, 'c')).when(start).thenNothing();
    anImport.given().when(start).thenRefused({ code: 'unknown-import' });
    anImport.given(queued, failed).when(start).thenRefused({ code: 'wrong-status' });
  });

  it('PRV-2: keeps no address of a file without a header row', () => {
    anImport
      .given(queued)
      .when({ ...start, unmapped: ['marie@example.org'] })
      .then({ type: 'ImportStarted', data: { unmapped: ['…@…'], at: now } });
  });

  it('records each row exactly once', () => {
    anImport.given(queued, started).when(rows(1, 'cu')).then(processed(1, 'cu'));
    const past = [queued, started, processed(1, 'cu')] as const;
    anImport
      .given(...past)
      .when(rows(3, 'r'))
      .then(processed(3, 'r'));
    anImport
      .given(...past)
      .when(rows(1, 'cu'))
      .thenNothing();
    anImport
      .given(...past)
      .when(rows(4, 'c'))
      .thenRefused({ code: 'rows-out-of-order' });
    anImport
      .given(...past)
      .when(rows(2, 'cc'))
      .thenRefused({ code: 'rows-out-of-order' });
    anImport.given(queued).when(rows(1, 'c')).thenRefused({ code: 'wrong-status' });
  });

  it.each<[string, Partial<RecordRows['rows']>]>([
    ['an outcome too many', { outcomes: 'cuc' }],
    ['a recipient too few', { recipientIds: [aRecipient] }],
    ['an unknown outcome', { outcomes: 'cx' }],
    ['no rows', { to: 0, outcomes: '', recipientIds: [] }],
    ['row 0', { from: 0, outcomes: 'ccc', recipientIds: [null, null, null] }],
    ['a code of another row', { codes: { 3: 'no-address' } }],
  ])('refuses a run of rows with %s', (_, wrong) => {
    const run = rows(1, 'cu');
    anImport
      .given(queued, started)
      .when({ ...run, rows: { ...run.rows, ...wrong } })
      .thenRefused({ code: 'rows-malformed' });
  });

  it('counts outcomes, refusals and remarks by code', () => {
    const first = processed(1, 'ccunr', { 5: 'invalid-address', 2: 'date-guessed' });
    const second = processed(6, 'rrc', { 6: 'invalid-address', 7: 'erased', 8: 'date-guessed' });
    expect(fold(importStream, [queued, started, first, second])).toMatchObject({
      processed: 8,
      created: 3,
      updated: 1,
      unchanged: 1,
      refused: 3,
      refusedBy: { 'invalid-address': 2, erased: 1 },
      remarks: { 'date-guessed': 2 },
    });
  });

  it('is complete when every row is recorded', () => {
    const past = [queued, started, processed(1, 'cc')] as const;
    anImport
      .given(...past)
      .when(complete(2))
      .then(completed(2));
    anImport
      .given(...past)
      .when(complete(3))
      .thenRefused({ code: 'rows-missing' });
    anImport
      .given(...past, completed(2))
      .when(complete(2))
      .thenNothing();
    anImport.given(queued).when(complete(0)).thenRefused({ code: 'wrong-status' });
    anImport.given(queued, started).when(complete(0)).then(completed(0));
  });

  it('fails once, from any point before its end', () => {
    anImport.given(queued).when(fail).then(failed);
    anImport.given(queued, started).when(fail).then(failed);
    anImport.given(queued, failed).when(fail).thenNothing();
    anImport.given().when(fail).thenRefused({ code: 'unknown-import' });
    anImport
      .given(queued, started, completed(0))
      .when({ ...fail, now: later })
      .thenRefused({ code: 'wrong-status' });
    expect(fold(importStream, [queued, failed])).toMatchObject({
      status: 'failed',
      failure: { code: 'not-csv', row: 3 },
    });
  });

  it('counts each row once, whatever runs are recorded again', () => {
    const run = fc.record({
      from: fc.integer({ min: 1, max: 6 }),
      length: fc.integer({ min: 1, max: 3 }),
    });
    const commands = fc.array(
      run.map(({ from, length }): ImportCommand => rows(from, 'c'.repeat(length))),
    );
    fc.assert(
      fc.property(commands, (issued) => {
        let state = fold(importStream, [queued, started]);
        for (const command of issued) {
          const decision = importStream.decide(command, state);
          if (decision.ok) state = decision.value.reduce(importStream.evolve, state);
          expect(state.created).toBe(state.processed);
        }
      }),
    );
  });
});

describe('IMP-1 the undo of an import', () => {
  const request = { type: 'RequestUndo', now } as const;
  const requested = { type: 'ImportUndoRequested', data: { at: now } } as const;
  const undone = { type: 'ImportUndone', data: { at: now } } as const;
  const undo = (from: number, to: number) =>
    ({
      type: 'RecordUndo',
      rows: {
        from,
        to,
        compensated: [aRecipient],
        left: [
          { recipientId: aRecipient, what: 'language', why: 'changed-since' },
          { recipientId: aRecipient, what: 'fields.city', why: 'changed-since' },
        ],
        sentSince: [],
      },
      now,
    }) as const;
  const rowsUndone = (from: number, to: number) =>
    ({ type: 'ImportRowsUndone', data: { ...undo(from, to).rows, at: now } }) as const;
  const completeUndo = (count: number) => ({ type: 'CompleteUndo', rows: count, now }) as const;
  const done = [queued, started, processed(1, 'cu'), completed(2)] as const;

  it('is asked for once, of an import that has ended, well or badly', () => {
    anImport
      .given(...done)
      .when(request)
      .then(requested);
    anImport.given(queued, started, failed).when(request).then(requested);
    anImport
      .given(...done, requested)
      .when(request)
      .thenNothing();
    anImport
      .given(...done, requested, undone)
      .when(request)
      .thenNothing();
  });

  it('is refused before the end, and of a dry run', () => {
    const dry = { ...queued, data: { ...queued.data, dryRun: true } };
    anImport.given().when(request).thenRefused({ code: 'unknown-import' });
    anImport.given(queued).when(request).thenRefused({ code: 'import-not-finished' });
    anImport.given(queued, started).when(request).thenRefused({ code: 'import-not-finished' });
    anImport
      .given(dry, started, processed(1, 'cu'), completed(2))
      .when(request)
      .thenRefused({ code: 'nothing-to-undo' });
    anImport.given(dry, started).when(request).thenRefused({ code: 'nothing-to-undo' });
  });

  it('goes on run by run, counts people once, and ends', () => {
    const asked = [...done, requested] as const;
    anImport
      .given(...asked)
      .when(undo(1, 2))
      .then(rowsUndone(1, 2));
    anImport
      .given(...asked, rowsUndone(1, 2))
      .when(undo(1, 2))
      .thenNothing();
    anImport
      .given(...asked)
      .when(undo(2, 2))
      .thenRefused({ code: 'rows-out-of-order' });
    anImport
      .given(...asked)
      .when(undo(2, 1))
      .thenRefused({ code: 'rows-malformed' });
    anImport
      .given(...done)
      .when(undo(1, 2))
      .thenRefused({ code: 'wrong-status' });
    anImport
      .given(...asked)
      .when(completeUndo(2))
      .thenRefused({ code: 'rows-missing' });
    anImport
      .given(...asked, rowsUndone(1, 2))
      .when(completeUndo(2))
      .then(undone);
    const state = fold(importStream, [...asked, rowsUndone(1, 2), undone, requested]);
    expect(state).toMatchObject({
      status: 'undone',
      created: 1,
      undo: { rows: 2, compensated: 1, left: 1, sentSince: 0, finishedAt: now },
    });
    anImport
      .given(...asked, rowsUndone(1, 2), undone)
      .when(completeUndo(2))
      .thenNothing();
  });
});
