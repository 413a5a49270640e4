import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { maySend, ORGANISATION_TYPES } from '#domain/consent/index';
import { Instant, ImportId, type Metadata } from '#domain/kernel/index';
import { clearEquality } from '#domain/kernel/testing/clear-equality';
import type { RecipientCommand } from '../commands.ts';
import type { Recipient } from '../index.ts';
import { anyRefusal, anyCommand, anyRow } from '../testing/arbitraries.ts';
import { A, express, NOW, proved, subscribe, T0 } from '../testing/examples.ts';
import { History } from '../testing/history.ts';
import { undoImport } from './undo-import.ts';

expect.addEqualityTesters([clearEquality]);

const IMPORT = ImportId.parse('imp_01jd000000000000000000000a');
const OTHER = ImportId.parse('imp_01jd000000000000000000000b');
const byPerson = { actor: { kind: 'recipient' } } satisfies Partial<Metadata>;
const commands = fc.array(anyCommand, { maxLength: 10 });
const rows = (importId: ImportId) => fc.array(anyRow(importId), { minLength: 1, maxLength: 3 });

const after = (
  before: readonly RecipientCommand[],
  ...imports: readonly (readonly [ImportId, readonly RecipientCommand[]])[]
): History => {
  const history = new History();
  for (const command of before) history.perform(command);
  for (const [importId, file] of imports) {
    for (const row of file) history.perform(row, { evidence: { importId } });
  }
  return history;
};
const undo = (history: History, importId: ImportId) => {
  const undone = undoImport(history.recorded, importId, NOW);
  for (const event of undone.events) history.record(event);
  return undone;
};
/**
 * All that can be known of a recipient, but when something was recorded last, and that forms alone had made them
 * known: once a client has vouched for an address, no form describes its owner any more.
 */
const view = ({ revision: _, lastChangeAt: __, isUnproven: ___, ...rest }: Recipient) => rest;
/** Most random people may not be written to, which would prove little. */
const MAILABLE = subscribe({ listIds: [A], consent: proved(express()), since: T0 });
const FUTURE = Instant('2027-01-02T12:00:00.000Z');
const isMailable = (state: Recipient): boolean =>
  ORGANISATION_TYPES.some((organisationType) =>
    [T0, NOW, FUTURE].some((at) =>
      [[], [A]].some(
        (listIds) =>
          maySend(
            state,
            { timeZone: 'America/Toronto', regimes: ['casl'], organisationType },
            { class: 'commercial', listIds },
            at,
          ).allow,
      ),
    ),
  );

describe('IMP-1 laws of an undo', () => {
  it('an import and its undo leave every recipient as they were', () => {
    fc.assert(
      fc.property(commands, rows(IMPORT), (before, file) => {
        const history = after(before);
        const state = history.state;
        for (const row of file) history.perform(row, { evidence: { importId: IMPORT } });
        fc.pre(history.state.revision > state.revision);
        fc.pre(state.erased === undefined);
        const { left } = undo(history, IMPORT);
        expect(left).toEqual([]);
        expect(view(history.state)).toEqual(view(state));
      }),
      { numRuns: 400 },
    );
  });

  it('a second undo changes nothing, whatever happened in between', () => {
    fc.assert(
      fc.property(commands, rows(IMPORT), commands, commands, (before, file, since, later) => {
        const history = after(before, [IMPORT, file]);
        for (const command of since) history.perform(command);
        undo(history, IMPORT);
        for (const command of later) history.perform(command);
        expect(undo(history, IMPORT).events).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('an undo of one import takes nothing of another', () => {
    fc.assert(
      fc.property(rows(IMPORT), rows(OTHER), (file, other) => {
        const history = after([], [IMPORT, file], [OTHER, other]);
        const alone = after([], [IMPORT, file]).state;
        undo(history, OTHER);
        expect(view(history.state)).toEqual(view(alone));
        undo(history, IMPORT);
        const { known: isKnown, lists, consents } = history.state;
        expect([isKnown, lists.size, consents.length]).toEqual([false, 0, 0]);

        const otherWay = after([], [IMPORT, file], [OTHER, other]);
        undo(otherWay, IMPORT);
        undo(otherWay, OTHER);
        expect(isMailable(otherWay.state)).toBe(false);
      }),
      { numRuns: 400 },
    );
  });

  it('UNS-5 nobody becomes mailable by an undo who refused, before the import or since', () => {
    fc.assert(
      fc.property(
        commands,
        rows(IMPORT),
        fc.array(anyRefusal, { maxLength: 2 }),
        fc.array(anyRow(OTHER), { maxLength: 2 }),
        (some, file, acts, otherFile) => {
          const before = [MAILABLE, ...some];
          const history = after(before, [IMPORT, file]);
          for (const row of otherFile) history.perform(row, { evidence: { importId: OTHER } });
          for (const act of acts) history.perform(act, byPerson);
          const wasMailable = isMailable(history.state);
          // The same life without the import.
          const without = after(before);
          for (const row of otherFile) without.perform(row, { evidence: { importId: OTHER } });
          for (const act of acts) without.perform(act, byPerson);
          undo(history, IMPORT);
          if (isMailable(history.state) && !wasMailable) {
            expect(isMailable(without.state)).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
