import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { EventLog, StreamAppend } from '../port.ts';
import { sampleEvents, storedPart } from '../testing/sample-events.ts';
import type { Fault } from '../testing/wire-double/faults.ts';
import { startWireDouble, type WireDouble } from '../testing/wire-double/wire-double.ts';
import { doubleWorld, TEST_PATIENCE, type DoubleWorld } from './testing/double-world.ts';

let world: DoubleWorld;
let log: EventLog;
beforeEach(async () => {
  world = await doubleWorld();
  log = await world.open();
});
afterEach(() => world.close());

const newAppend = (stream: string, count = 2) =>
  ({ stream, expected: 'no-stream', events: sampleEvents(count) }) satisfies StreamAppend;

const idsOf = async (stream: string): Promise<string[]> =>
  (await log.readStream(stream)).map(({ id }) => id);

describe('LED: an append whose outcome is unknown is resolved by reading', () => {
  const faults: readonly (readonly [string, Fault])[] = [
    ['the connection broke before the events were stored', { kind: 'drop-before-commit' }],
    ['the connection broke after the events were stored', { kind: 'drop-after-commit' }],
    ['the reply is no message', { kind: 'malformed' }],
    ['the reason is no message', { kind: 'refusal', refusal: 'Garbled' }],
    ['no reply comes in time', { kind: 'delay' }],
    ['the server ran out of time', { kind: 'refusal', refusal: 'Timeout' }],
    ['the server is busy', { kind: 'refusal', refusal: 'Busy' }],
    ['the server does not know why', { kind: 'refusal', refusal: 'Unknown' }],
  ];

  /** No reply at all is noticed by its absence. */
  const openFor = async ({ kind }: Fault): Promise<void> => {
    const call = kind === 'delay' ? 500 : TEST_PATIENCE.call;
    log = await world.open({ patience: { ...TEST_PATIENCE, call } });
  };

  it.each(faults)('when %s', async (_, fault) => {
    await openFor(fault);
    world.double.faults.next('append', fault);
    const append = newAppend('list-a');
    const outcome = await log.append(append);
    expect(outcome.revision).toBe(1);
    const stored = await log.readStream('list-a');
    expect(stored.map(storedPart)).toEqual(append.events);
    expect(stored.at(-1)?.position).toBe(outcome.position);
    world.double.faults.release();
  });

  it.each(faults)('for one of many, when %s', async (_, fault) => {
    await log.append(newAppend('list-known'));
    await openFor(fault);
    world.double.faults.next('append', fault, fault);
    const appends = Array.from({ length: 300 }, (_each, index) => newAppend(`list-${index}`, 1));
    const conflicting = newAppend('list-known', 1);
    const outcomes = await log.appendMany([...appends, conflicting]);
    expect(outcomes.map(({ ok }) => ok)).toEqual([...appends.map(() => true), false]);
    for (const { stream, events } of appends) {
      expect(await idsOf(stream)).toEqual(events.map(({ id }) => id));
    }
    world.double.faults.release();
  });

  it.each(faults)(
    'and those to the same stream after it keep their order, when %s',
    async (_, fault) => {
      await openFor(fault);
      world.double.faults.next('append', fault);
      const [first, second, third] = sampleEvents(3).map((event) => [event]);
      const outcomes = await log.appendMany([
        { stream: 'list-a', expected: 'no-stream', events: first! },
        { stream: 'list-a', expected: 0, events: second! },
        { stream: 'list-a', expected: 1, events: third! },
      ]);
      expect(outcomes.map((outcome) => outcome.ok && outcome.value.revision)).toEqual([0, 1, 2]);
      expect(await log.readStream('list-a')).toHaveLength(3);
      world.double.faults.release();
    },
  );

  it('and a conflict is still a conflict', async () => {
    await log.append(newAppend('list-a'));
    world.double.faults.next('append', { kind: 'drop-before-commit' });
    await expect(log.append(newAppend('list-a'))).rejects.toMatchObject({
      code: 'version-conflict',
      expected: 'no-stream',
      actual: 1,
    });
  });
});

describe('LED: what the server says of an append is told apart', () => {
  it('a conflict with a stream that does not exist', async () => {
    world.double.faults.next('append', { kind: 'conflict' });
    const append = log.append({ stream: 'list-a', expected: 4, events: sampleEvents(1) });
    await expect(append).rejects.toMatchObject({ actual: 'no-stream', expected: 4 });
  });

  it('a user without the right to write', async () => {
    world.double.faults.next('append', { kind: 'refusal', refusal: 'AccessDenied' });
    await expect(log.append(newAppend('list-a'))).rejects.toMatchObject({ code: 'unauthorised' });
  });

  it('a stream that was deleted by hand', async () => {
    world.double.tombstone('list-a');
    await expect(log.append(newAppend('list-a'))).rejects.toMatchObject({ code: 'corrupt' });
    await expect(log.readStream('list-a')).rejects.toMatchObject({ code: 'corrupt' });
  });

  describe('a server that is not the leader: the leader is asked', () => {
    let leader: WireDouble;
    beforeEach(async () => {
      leader = await startWireDouble();
    });
    afterEach(async () => {
      await log.close();
      await leader.stop();
    });
    const elsewhere = () => ({ kind: 'not-leader', host: '127.0.0.1', port: leader.port }) as const;

    it('to append', async () => {
      world.double.faults.next('append', elsewhere());
      await log.append(newAppend('list-a'));
      expect(leader.stored('list-a')).toBe(2);
      expect(world.double.stored('list-a')).toBe(0);
    });

    it('for what it holds', async () => {
      leader.addForeign('list-a', 'SampleHappened.v1', '{}');
      world.double.faults.next('read', elsewhere());
      expect(await log.readAll({ limit: 9 })).toHaveLength(1);
      expect(await log.readStream('list-a')).toHaveLength(1);
    });
  });

  it('an append that is too large never leaves', async () => {
    const event = { ...sampleEvents(1)[0]!, data: JSON.stringify('x'.repeat(1024 * 1024)) };
    const append = { stream: 'list-a', expected: 'no-stream' as const, events: [event] };
    await expect(log.append(append)).rejects.toThrow(TypeError);
    await expect(log.append(newAppend('list-a'))).resolves.toMatchObject({ revision: 1 });
  });
});

describe('LED: several logs in one process', () => {
  it("one connection's failure loses no append of another", async () => {
    const other = await world.open();
    world.double.faults.next('append', { kind: 'delay' });
    const waiting = log.append(newAppend('list-mine'));
    await world.double.held();
    world.double.faults.next('append', { kind: 'drop-before-commit' });
    await other.append(newAppend('list-theirs'));
    world.double.faults.next('read', ...Array<Fault>(50).fill({ kind: 'disconnect', after: 0 }));
    world.double.faults.release();
    expect(await waiting).toMatchObject({ revision: 1 });
  });

  it('a reply that comes too late is left alone, and the log goes on', async () => {
    log = await world.open({ patience: { ...TEST_PATIENCE, call: 500 } });
    world.double.faults.next('append', { kind: 'delay' });
    await log.append(newAppend('list-a'));
    world.double.faults.release();
    await log.append(newAppend('list-b'));
    expect(await log.readAll({ limit: 9 })).toHaveLength(4);
  });
});
