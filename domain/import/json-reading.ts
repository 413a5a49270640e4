import type { MappingFault } from './mapping.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Reads what somebody wrote as JSON and collects every fault, so that they can be mended in one go. Never
 * quotes a value.
 */
export class JsonReading {
  readonly #object: Json;
  readonly #path: string;
  readonly #faults: MappingFault[];

  constructor(value: unknown, path = '', faults: MappingFault[] = []) {
    this.#path = path;
    this.#faults = faults;
    this.#object = isObject(value) ? value : {};
    if (!isObject(value)) this.fault('', 'not-an-object', 'Give a JSON object.');
  }

  get faults(): readonly MappingFault[] {
    return this.#faults;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#object, key) && this.#object[key] !== undefined;
  }

  fault(key: string, code: string, message: string): void {
    const path = [this.#path, key].filter((part) => part !== '').join('.');
    this.#faults.push({ path, code, message });
  }

  /** Refuses keys that have no meaning here: a slip of the pen would otherwise be silently dropped. */
  only(known: readonly string[]): void {
    for (const key of Object.keys(this.#object)) {
      if (!known.includes(key)) {
        this.fault(key, 'unknown-key', `Only these are known here: ${known.join(', ')}.`);
      }
    }
  }

  text(key: string): string | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    this.fault(key, 'not-a-text', 'Give a text that is not blank.');
    return undefined;
  }

  /** A text that must be there; `why` completes the sentence of the fault. */
  required(key: string, why: string): string {
    if (!this.has(key)) this.fault(key, 'missing', why);
    return this.text(key) ?? '';
  }

  texts(key: string): readonly string[] {
    const value = this.#value(key);
    if (value === undefined) return [];
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) {
      return value.map((item) => item.trim());
    }
    this.fault(key, 'not-a-list', 'Give a list of texts.');
    return [];
  }

  /** False where it is none, which is a fault. */
  flag(key: string): boolean {
    const value = this.#value(key);
    if (typeof value !== 'boolean') this.fault(key, 'not-a-flag', 'Give true or false.');
    return value === true;
  }

  choice<T extends string>(key: string, choices: readonly T[]): T | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    const choice = choices.find((one) => one === value);
    if (choice === undefined) {
      this.fault(key, 'not-a-choice', `Give one of: ${choices.join(', ')}.`);
    }
    return choice;
  }

  object(key: string): JsonReading | undefined {
    const value = this.#value(key);
    if (value === undefined) return undefined;
    const path = this.#path === '' ? key : `${this.#path}.${key}`;
    return new JsonReading(value, path, this.#faults);
  }

  keys(): readonly string[] {
    return Object.keys(this.#object);
  }

  #value(key: string): unknown {
    return Object.hasOwn(this.#object, key) ? this.#object[key] : undefined;
  }
}
