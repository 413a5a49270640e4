import { watch, type FSWatcher } from 'node:fs';
import type { Position } from '#domain/kernel/index';
import { isAfter, Waiters } from '../waiters.ts';

/** How late an append of another process may be noticed. */
const POLL_MILLISECONDS = 10;
/** As long as the file lies still. Also what it costs where a file system announces no changes. */
const STILL_POLL_MILLISECONDS = 250;
/** A commit can be read only after the last write that the file system announces, and a slow disk takes a while. */
const LIVELY_MILLISECONDS = 500;

/**
 * Wakes those who wait for appends: at once for this process's own, by looking at the log's head
 * (microseconds) for others'. It looks only while somebody waits, and often only while `file`, to which every
 * commit is written, changes: three waiting processes would otherwise keep a machine busy all day.
 */
export class AppendWatch {
  readonly #head: () => Position | undefined;
  readonly #file: string;
  readonly #waiters = new Waiters();
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isWatched = false;
  #livelyUntil = 0;

  constructor(head: () => Position | undefined, file: string) {
    this.#head = head;
    this.#file = file;
  }

  async wait(after: Position | undefined, signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    if (isAfter(this.#head(), after)) return true;
    try {
      return await this.#waiters.wait(after, signal, () => {
        this.#begin();
        // Only now: what was written before the file was watched has to be seen as well.
        this.look();
      });
    } finally {
      this.#rest();
    }
  }

  /** Something may have been recorded. */
  look(): void {
    if (this.#waiters.isNobody) return;
    try {
      this.#waiters.wake(this.#head());
    } catch (error) {
      this.#waiters.fail(error);
    }
  }

  stop(reason: unknown): void {
    this.#waiters.fail(reason);
    this.#watcher?.close();
  }

  #begin(): void {
    if (this.#timer !== undefined) return;
    if (!this.#isWatched) this.#beginToWatch();
    this.#lookLater();
  }

  /** Without a watcher (none left on the machine, say) the log is looked at often, as if always written to. */
  #beginToWatch(): void {
    this.#isWatched = true;
    // A commit may be half-way already.
    this.#livelyUntil = performance.now() + LIVELY_MILLISECONDS;
    try {
      this.#watcher = watch(this.#file, { persistent: false }, () => this.#changed());
      this.#watcher.on('error', () => this.#unwatched());
    } catch {
      this.#watcher = undefined;
    }
  }

  #unwatched(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
    this.#changed();
  }

  #changed(): void {
    const isStill = this.#isStill();
    this.#livelyUntil = performance.now() + LIVELY_MILLISECONDS;
    if (isStill && this.#timer !== undefined) this.#lookLater();
  }

  #isStill(): boolean {
    return this.#watcher !== undefined && performance.now() > this.#livelyUntil;
  }

  #lookLater(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#lookLater();
        this.look();
      },
      this.#isStill() ? STILL_POLL_MILLISECONDS : POLL_MILLISECONDS,
    );
  }

  #rest(): void {
    if (!this.#waiters.isNobody) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
