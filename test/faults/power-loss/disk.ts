import type { DiskCall } from './trace.ts';

type Change = Readonly<{ at: number; bytes: Buffer }> | Readonly<{ size: number }>;
type File = { durable: Buffer; pending: Change[] };
type Entry = Readonly<{ path: string; file: File | undefined }>;

/** What is found in a folder when the power comes back: paths and contents. */
export type DiskState = ReadonlyMap<string, Buffer>;

/** A number in [0, 1), the same for the same seed. */
export type Chance = () => number;

/**
 * A disk that keeps apart what is durable and what a power cut may take. A file's fsync makes its
 * bytes durable, a folder's the names in it; until then every single change may be there or not.
 */
export class Disk {
  /** As the running program sees it. */
  readonly #names = new Map<string, File>();
  readonly #durableNames = new Map<string, File>();
  #pendingNames: Entry[] = [];
  #lastWritten: File | undefined;
  /** Running syncs: what each does when it ends. */
  readonly #syncs = new Map<string, () => void>();

  apply(call: DiskCall): void {
    switch (call.kind) {
      case 'create':
        this.#create(call.path, call.truncates);
        break;
      case 'write': {
        const file = this.#fileAt(call.path);
        const at = call.offset === 'end' ? contentOf(file, file.pending).length : call.offset;
        this.#change(file, { at, bytes: call.bytes });
        break;
      }
      case 'truncate':
        this.#change(this.#fileAt(call.path), { size: call.size });
        break;
      case 'unlink':
        this.#rename(call.path, undefined);
        break;
      case 'link':
        this.#rename(call.to, this.#names.get(call.path));
        break;
      case 'rename':
        this.#rename(call.to, this.#names.get(call.path));
        this.#rename(call.path, undefined);
        break;
      case 'sync-begun':
        this.#syncs.set(`${call.thread} ${call.path}`, this.#startSync(call.path));
        break;
      case 'sync-ended':
        this.#syncs.get(`${call.thread} ${call.path}`)?.();
    }
  }

  /** States that a power cut could leave at this moment. */
  statesAfterPowerLoss(chance: Chance): DiskState[] {
    return [
      this.#state(
        () => false,
        () => [],
      ),
      this.#state(
        () => true,
        (file) => file.pending,
      ),
      this.#state(
        () => chance() < 0.5,
        (file) => file.pending.filter(() => chance() < 0.5),
      ),
      this.#state(
        () => true,
        (file) => (file === this.#lastWritten ? tornAtTheEnd(file.pending, chance) : file.pending),
      ),
    ];
  }

  #state(isKept: () => boolean, keptOf: (file: File) => readonly Change[]): DiskState {
    const names = new Map(this.#durableNames);
    for (const { path, file } of this.#pendingNames) if (isKept()) setName(names, path, file);
    return new Map([...names].map(([path, file]) => [path, contentOf(file, keptOf(file))]));
  }

  #create(path: string, truncates: boolean): void {
    const existing = this.#names.get(path);
    if (existing === undefined) this.#rename(path, { durable: Buffer.alloc(0), pending: [] });
    else if (truncates) this.#change(existing, { size: 0 });
  }

  #fileAt(path: string): File {
    const file = this.#names.get(path);
    if (file === undefined) throw new Error(`The trace changes ${path}, which it never made.`);
    return file;
  }

  #change(file: File, change: Change): void {
    file.pending.push(change);
    this.#lastWritten = file;
  }

  #rename(path: string, file: File | undefined): void {
    setName(this.#names, path, file);
    this.#pendingNames.push({ path, file });
  }

  /** Returns what to do when the sync ends: to make durable what is pending now. */
  #startSync(path: string): () => void {
    const file = this.#names.get(path);
    if (file !== undefined) {
      const covered = new Set(file.pending);
      return () => {
        const isCovered = (change: Change): boolean => covered.has(change);
        file.durable = contentOf(file, file.pending.filter(isCovered));
        file.pending = file.pending.filter((change) => !isCovered(change));
      };
    }
    const covered = new Set(
      this.#pendingNames.filter((entry) => entry.path.startsWith(`${path}/`)),
    );
    return () => {
      for (const entry of this.#pendingNames.filter((each) => covered.has(each))) {
        setName(this.#durableNames, entry.path, entry.file);
      }
      this.#pendingNames = this.#pendingNames.filter((entry) => !covered.has(entry));
    };
  }
}

const setName = (names: Map<string, File>, path: string, file: File | undefined): void => {
  if (file === undefined) names.delete(path);
  else names.set(path, file);
};

const contentOf = (file: File, changes: readonly Change[]): Buffer => {
  let content = file.durable;
  let isCopy = false;
  for (const change of changes) {
    const size = 'size' in change ? change.size : change.at + change.bytes.length;
    if ('size' in change || size > content.length || !isCopy) {
      const next = Buffer.alloc('size' in change ? size : Math.max(size, content.length));
      content.copy(next);
      content = next;
      isCopy = true;
    }
    if ('bytes' in change) change.bytes.copy(content, change.at);
  }
  return content;
};

const tornAtTheEnd = (changes: readonly Change[], chance: Chance): readonly Change[] => {
  const last = changes.at(-1);
  if (last === undefined || 'size' in last) return changes;
  const bytes = last.bytes.subarray(0, Math.floor(chance() * last.bytes.length));
  return [...changes.slice(0, -1), { at: last.at, bytes }];
};
