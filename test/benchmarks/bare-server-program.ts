import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { Body, Controller, Module, Post, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { IsArray, IsEmail, IsObject, IsString } from 'class-validator';

// The floor that the framework sets: one validated POST, two events of the usual size, one fsync for all
// requests that wait at the same time. Decorators are applied by hand, since this file runs as it stands.

class SubscribeDto {
  declare email: string;
  declare language: string;
  declare listIds: string[];
  declare consent: object;
}
IsEmail()(SubscribeDto.prototype, 'email');
IsString()(SubscribeDto.prototype, 'language');
IsArray()(SubscribeDto.prototype, 'listIds');
IsObject()(SubscribeDto.prototype, 'consent');

/** Appends share a transaction, and so its fsync. */
class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #insert: ReturnType<DatabaseSync['prepare']>;
  #waiting: { events: readonly string[]; done: () => void }[] = [];

  constructor(path: string) {
    this.#database = new DatabaseSync(path);
    this.#database.exec('PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL');
    this.#database.exec('CREATE TABLE event (position INTEGER PRIMARY KEY, id TEXT, data TEXT)');
    this.#insert = this.#database.prepare('INSERT INTO event (id, data) VALUES (?, ?)');
  }

  append(events: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push({ events, done: resolve });
      if (this.#waiting.length === 1) setImmediate(() => this.#commit());
    });
  }

  #commit(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#database.exec('BEGIN IMMEDIATE');
    for (const { events } of batch) for (const data of events) this.#insert.run(randomUUID(), data);
    this.#database.exec('COMMIT');
    for (const { done } of batch) done();
  }
}

const log = new GroupCommit(process.argv[2] ?? ':memory:');
const FILLER = 'x'.repeat(400);

class RecipientsController {
  async subscribe(body: SubscribeDto): Promise<object> {
    const event = JSON.stringify({ body, filler: FILLER });
    await log.append([event, event]);
    return { id: randomUUID() };
  }
}
const method = Object.getOwnPropertyDescriptor(RecipientsController.prototype, 'subscribe');
if (method === undefined) throw new Error('The controller has no such method.');
Post()(RecipientsController.prototype, 'subscribe', method);
Body()(RecipientsController.prototype, 'subscribe', 0);
Reflect.defineMetadata(
  'design:paramtypes',
  [SubscribeDto],
  RecipientsController.prototype,
  'subscribe',
);
Controller('v1/recipients')(RecipientsController);

// eslint-disable-next-line @typescript-eslint/no-extraneous-class -- what Nest takes for a module
class BareModule {}
Module({ controllers: [RecipientsController] })(BareModule);

const app = await NestFactory.create<NestFastifyApplication>(BareModule, new FastifyAdapter(), {
  logger: false,
});
app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true }));
await app.listen(0, '127.0.0.1');
process.stdout.write(`${await app.getUrl()}\n`);
process.on('SIGTERM', () => process.exit(0));
