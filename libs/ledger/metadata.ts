import type { AccountId, Actor, Channel, Instant, Metadata } from '#domain/kernel/index';
import { randomBytesOf } from '#libs/crypto/random';
import { canonicalJson } from './canonical-json.ts';
import type { CommandContext } from './port.ts';

/**
 * Metadata as it is stored. These keys are the storage format: never rename one. Defaults are left out.
 *
 * acc account · act actor {kind, id} · cau causation (the command's id) · cha channel · cor correlation ·
 * evi evidence · occ occurred at (when it differs from rec) · pol policy version · rec recorded at ·
 * wrd wording {wordingId, version, hash, language?, statementHash?} · z salt, 16 random bytes in base64 (T-04)
 */
type StoredMetadata = Readonly<{
  acc: AccountId;
  act: Actor;
  cau: string;
  cha: Channel;
  cor: string;
  evi?: Metadata['evidence'];
  occ?: Instant;
  pol?: string;
  rec: Instant;
  wrd?: Metadata['wording'];
  z: string;
}>;

const SALT_BYTES = 16;

/**
 * The metadata of a command's events, which differ in their salt alone, but for that salt. Its key sorts
 * last, so all before it is written once.
 */
export const metadataText = (context: CommandContext): string => {
  const { accountId, actor, channel, commandId, correlationId, now, occurredAt } = context;
  return canonicalJson({
    acc: accountId,
    act: actor,
    cau: commandId,
    cha: channel,
    cor: correlationId,
    evi: context.evidence,
    occ: occurredAt === now ? undefined : occurredAt,
    pol: context.policyVersion,
    rec: now,
    wrd: context.wording,
  }).slice(0, -1);
};

/** The whole metadata of one event. */
export const salted = (metadata: string): string =>
  `${metadata},"z":"${randomBytesOf(SALT_BYTES).toString('base64')}"}`;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const REQUIRED = ['acc', 'cau', 'cha', 'cor', 'rec', 'z'] as const;

/** Throws `TypeError` on what is no metadata of an event. */
export const readMetadata = (text: string): Metadata => {
  const stored = JSON.parse(text) as StoredMetadata;
  for (const key of REQUIRED) {
    if (typeof stored[key] !== 'string') throw new TypeError(`Metadata without ${key}.`);
  }
  const metadata: Mutable<Metadata> = {
    accountId: stored.acc,
    actor: stored.act,
    channel: stored.cha,
    occurredAt: stored.occ ?? stored.rec,
    recordedAt: stored.rec,
    correlationId: stored.cor,
    causationId: stored.cau,
  };
  if (stored.wrd !== undefined) metadata.wording = stored.wrd;
  if (stored.pol !== undefined) metadata.policyVersion = stored.pol;
  if (stored.evi !== undefined) metadata.evidence = stored.evi;
  return metadata;
};
