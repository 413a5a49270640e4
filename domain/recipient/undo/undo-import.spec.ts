import { describe, expect, it } from '@jest/globals';
import { maySend } from '#domain/consent/index';
import { clear, ImportId, isShredded, type Metadata } from '#domain/kernel/index';
import { isForgotten, statusOf } from '../index.ts';
import {
  A,
  at,
  B,
  byPerson,
  EN,
  erase,
  express,
  FR,
  invalidate,
  join,
  LATER,
  leave,
  NOW,
  proved,
  subscribe,
  unknown,
  unsubscribe,
} from '../testing/examples.ts';
import { History } from '../testing/history.ts';
import { undoImport } from './undo-import.ts';

const IMPORT = ImportId.parse('imp_01jd000000000000000000000a');
const OTHER = ImportId.parse('imp_01jd000000000000000000000b');
const byForm = { actor: { kind: 'recipient' }, channel: 'form' } satisfies Partial<Metadata>;

/** A history to which an import, people and others add, until the import is undone. */
class Life extends History {
  import(...rows: Parameters<History['perform']>[0][]): this {
    return this.importAs(IMPORT, ...rows);
  }

  importAs(importId: ImportId, ...rows: Parameters<History['perform']>[0][]): this {
    for (const row of rows) this.perform(row, { evidence: { importId } });
    return this;
  }

  then(command: Parameters<History['perform']>[0], metadata: Partial<Metadata> = {}): this {
    this.perform(command, metadata);
    return this;
  }

  undo(importId = IMPORT) {
    const undone = undoImport(this.recorded, importId, LATER);
    for (const event of undone.events) this.record(event);
    return undone;
  }

  get isMailable(): boolean {
    const account = {
      timeZone: 'America/Toronto',
      regimes: ['casl'],
      organisationType: 'commercial',
    } as const;
    return maySend(this.state, account, { class: 'commercial', listIds: [A] }, LATER).allow;
  }

  get fields(): unknown {
    return isShredded(this.state.fields) ? undefined : this.state.fields.reveal();
  }
}

const consent = proved(express());
const row = subscribe({ listIds: [A], fields: clear({ city: 'Alma' }), language: FR, consent });
const left = unsubscribe({ statedBy: IMPORT });

describe('IMP-1 the undo of an import that brought somebody in', () => {
  it('leaves nothing of them, and no refusal', () => {
    const life = new Life().import(row);
    expect(life.isMailable).toBe(true);
    expect(life.undo()).toMatchObject({ compensates: true, left: [] });
    const { known, lists, consents, unsubscribed, address } = life.state;
    expect([known, lists.size, consents.length, unsubscribed]).toEqual([false, 0, 0, undefined]);
    expect([isShredded(address), isForgotten(life.state), life.isMailable]).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('lets a later import, or the person, bring them in anew', () => {
    const again = new Life().import(row);
    again.undo();
    again.importAs(OTHER, row);
    expect([again.isMailable, again.fields]).toEqual([true, { city: 'Alma' }]);

    const person = new Life().import(row);
    person.undo();
    person.then(byPerson({ optIn: 'single', listIds: [B] }), byForm);
    expect([...person.state.lists.keys()]).toEqual([B]);
  });

  it('C-19 keeps the refusal of a person who unsubscribed since', () => {
    const life = new Life().import(row).then(unsubscribe());
    expect(life.undo().left).toContainEqual({
      what: 'recipient',
      why: 'changed-since',
      event: 'RecipientUnsubscribed',
    });
    expect([statusOf(life.state), life.fields]).toEqual(['unsubscribed', {}]);
  });

  it('keeps what the person asked for on a form since, and the lists that they are on', () => {
    const asked = byPerson({
      optIn: 'single',
      listIds: [A, B],
      consent: proved(express('2026-06-01')),
    });
    const life = new Life().import(row).then(asked, byForm);
    const { left: kept } = life.undo();
    expect(kept.map(({ what }) => what)).toEqual([`lists.${A}`, 'recipient']);
    expect([...life.state.lists.keys()]).toEqual([A, B]);
    expect(life.state.consents.map(({ date }) => date)).toEqual(['2026-06-01']);
  });

  it('keeps the address of whom somebody gave another language since, and lists both', () => {
    const life = new Life().import(row);
    life.then({ ...at, type: 'ChangeLanguage', language: EN });
    expect(life.undo().left).toEqual([
      { what: 'language', why: 'changed-since', event: 'LanguageChanged' },
      { what: 'recipient', why: 'changed-since', event: 'LanguageChanged' },
    ]);
    const { known, language, lists, consents } = life.state;
    expect([known, language, lists.size, consents.length]).toEqual([true, EN, 0, 0]);
    expect([isForgotten(life.state), life.isMailable]).toEqual([false, false]);
  });

  it('PRV-2 skips whoever was erased, and tells nothing of them', () => {
    const life = new Life().import(row).then(erase);
    expect(life.undo()).toEqual({
      events: [],
      left: [{ what: 'recipient', why: 'erased' }],
      compensates: false,
    });
  });
});

describe('IMP-1 the undo of an import that changed somebody', () => {
  const known = () =>
    new Life().then(subscribe({ listIds: [B], fields: clear({ city: 'Laval' }), language: EN }));

  it('gives back field, language and lists, each by itself', () => {
    const life = known().import(row);
    life.then({ ...subscribe({ fields: clear({ city: 'Gaspé' }), listIds: [] }) });
    expect(life.undo().left).toEqual([
      { what: 'fields.city', why: 'changed-since', event: 'ProfileChanged' },
    ]);
    expect(life.fields).toEqual({ city: 'Gaspé' });
    expect([life.state.language, [...life.state.lists.keys()]]).toEqual([EN, [B]]);
    expect(life.isMailable).toBe(false);
  });

  it('names nothing where somebody else put it back already', () => {
    const life = known().import(row);
    life.then(subscribe({ fields: clear({ city: 'Laval' }), listIds: [] }));
    expect(life.undo().left).toEqual([]);
  });

  it('changes nothing in somebody whom the import did not change', () => {
    const life = known();
    expect(life.undo()).toEqual({ events: [], left: [], compensates: false });
  });

  it('gives back what was there before both of two imports, in whichever order they are undone', () => {
    for (const order of [
      [IMPORT, OTHER],
      [OTHER, IMPORT],
    ]) {
      const life = known().import(row);
      life.importAs(OTHER, subscribe({ fields: clear({ city: 'Rimouski' }), listIds: [] }));
      for (const importId of order) life.undo(importId);
      expect(life.fields).toEqual({ city: 'Laval' });
    }
  });
});

describe('UNS-5 the undo of an import that wrongly said that people had left', () => {
  const subscriber = () => new Life().then(subscribe({ listIds: [A, B], consent }));

  it('brings them back whole when nobody else said so', () => {
    const life = subscriber();
    const before = life.state;
    life.import(left);
    expect([statusOf(life.state), life.isMailable]).toEqual(['unsubscribed', false]);
    expect(life.undo().left).toEqual([]);
    expect(life.isMailable).toBe(true);
    expect(life.state).toEqual({
      ...before,
      revision: before.revision + 2,
      lastChangeAt: life.state.lastChangeAt,
    });
  });

  it.each([
    ['unsubscribed themselves', unsubscribe()],
    ['took their consent back', { ...unsubscribe(), type: 'WithdrawConsent' } as const],
    [
      'complained',
      { ...unsubscribe(), type: 'RecordComplaint', source: 'feedback-report' } as const,
    ],
  ])('leaves them out when they %s since, which changed nothing any more', (_, act) => {
    const life = subscriber().import(left).then(act);
    const { left: kept } = life.undo();
    expect(kept.map(({ what }) => what)).toContain('unsubscribed');
    expect([life.state.unsubscribed === undefined, life.isMailable]).toEqual([false, false]);
  });

  it('leaves them out when another import says so too, until that is undone as well', () => {
    const life = subscriber().import(left);
    life.importAs(OTHER, unsubscribe({ statedBy: OTHER }));
    life.undo();
    expect(life.isMailable).toBe(false);
    life.undo(OTHER);
    expect(life.isMailable).toBe(true);
  });

  it('leaves them off a list that they left themselves, and brings back the other', () => {
    const life = subscriber().import(left).then(leave('person', A));
    expect(life.undo().left).toEqual([
      { what: `lists.${A}`, why: 'changed-since', event: 'RecipientUnsubscribed' },
    ]);
    expect(life.state.lists.get(A)?.status).toBe('unsubscribed');
    expect(life.state.lists.get(B)?.status).toBe('subscribed');
  });

  it('does not bring back who had left before the import', () => {
    const life = subscriber().then(unsubscribe()).import(left);
    life.undo();
    expect(statusOf(life.state)).toBe('unsubscribed');
  });

  it('makes a wrongly invalid address valid, unless mail bounced since', () => {
    const wrong = invalidate({ statedBy: IMPORT });
    const life = subscriber().import(wrong);
    life.undo();
    expect(life.isMailable).toBe(true);

    const bounced = subscriber()
      .import(wrong)
      .then(invalidate({ cause: 'bounce' }));
    expect(bounced.undo().left).toEqual([
      { what: 'invalid', why: 'changed-since', event: 'AddressInvalidated' },
    ]);
    expect(statusOf(bounced.state)).toBe('invalid');
  });

  it('forgets who was not known before, refusal and all', () => {
    const life = new Life().import(unsubscribe({ statedBy: IMPORT, unknown }));
    life.undo();
    expect([isForgotten(life.state), life.state.unsubscribed]).toEqual([true, undefined]);
    life.then(join('client', A));
    expect(life.state.lists.size).toBe(0);
  });
});

describe('an undo that was interrupted', () => {
  it('tells the same again, and records nothing', () => {
    const life = new Life().then(subscribe({ listIds: [B] })).import(row);
    life.then(subscribe({ fields: clear({ city: 'Gaspé' }), listIds: [] }));
    const first = life.undo();
    expect(first.events).toHaveLength(1);
    expect(undoImport(life.recorded, IMPORT, NOW)).toEqual({ ...first, events: [] });
  });
});
