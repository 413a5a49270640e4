import { randomUUID } from 'node:crypto';
import type { Engines } from '#apps/composition/index';
import { importStream, type Import, type LeftOfImport } from '#domain/import/index';
import { fold, ImportId, instantOf, type AccountId } from '#domain/kernel/index';
import { handle } from '#libs/commands/index';
import type { Ledger } from '#libs/ledger/index';
import { undoNote } from '#libs/uploads/index';
import { accountNamed } from '../accounts.ts';
import type { Invocation } from '../command-line.ts';
import { onDataDirectory } from '../data-directory.ts';
import { BadUsage, CommandRefused } from '../refusal.ts';
import { ProgressBar } from '../terminal/progress-bar.ts';
import { isUndone } from './follow-import.ts';
import { carryOut } from './import-file.ts';
import { undoDocument, undoLines } from './undo-result.ts';

/**
 * Takes back what an import changed and nobody changed since, through the real importer, beside a process
 * that serves or without one. What was begun goes on by itself the next time the product runs.
 */
export const undoImport = async (
  id: string,
  options: Readonly<{ account: string }>,
  { config, output, signal }: Invocation,
): Promise<void> => {
  const importId = importIdGiven(id);
  await onDataDirectory(config, async (engines) => {
    const { ledger } = engines;
    const account = await accountNamed(ledger, options.account);
    const { processed } = await ownImport(ledger, importId, account.id);
    await request(engines, { importId, accountId: account.id });
    const bar = new ProgressBar(output, output.words({ fr: 'Annulation', en: 'Undoing' }));
    const onProgress = ({ undo }: Import): void => bar.show(undo?.rows ?? 0, processed);
    const running = { importId, signal, onProgress, isEnd: isUndone };
    const { undo, status } = await carryOut(engines, running);
    bar.end();
    if (undo === undefined || status !== 'undone') throw interrupted(importId);
    const left = await leftThings(ledger, importId);
    output.result(undoDocument(importId, undo, left), undoLines(undo, left, output));
  });
};

const importIdGiven = (id: string): ImportId => {
  if (ImportId.is(id)) return id;
  throw new BadUsage({
    fr: 'L’importation se nomme par son identifiant, imp_….',
    en: 'An import is named by its id, imp_….',
  });
};

const ownImport = async (
  ledger: Ledger,
  importId: ImportId,
  accountId: AccountId,
): Promise<Import> => {
  const history = await ledger.read(importStream, importId);
  const state = fold(
    importStream,
    history.map(({ event }) => event),
  );
  if (state.accountId === accountId) return state;
  throw new CommandRefused('unknown-import', {
    fr: 'Il n’y a pas de telle importation dans ce compte.',
    en: 'There is no such import in this account.',
  });
};

type Asked = Readonly<{ importId: ImportId; accountId: AccountId }>;

/** The note first, as the API does. */
const request = async (
  { ledger, uploads }: Engines,
  { importId, accountId }: Asked,
): Promise<void> => {
  await uploads.note(undoNote(importId));
  const now = instantOf(Date.now());
  const asked = await handle(ledger, {
    definition: importStream,
    key: importId,
    command: { type: 'RequestUndo', now },
    context: {
      accountId,
      actor: { kind: 'operator' },
      channel: 'cli',
      commandId: randomUUID(),
      correlationId: randomUUID(),
      now,
    },
  });
  if (asked.ok) return;
  await uploads.remove(undoNote(importId));
  const { code, message } = asked.error;
  throw new CommandRefused(code, REFUSALS[code] ?? { fr: message, en: message });
};

const REFUSALS: Readonly<Record<string, CommandRefused['words']>> = {
  'import-not-finished': {
    fr: 'Cette importation attend ou est en cours. Annulez-la une fois qu’elle est terminée.',
    en: 'This import is still waiting or being carried out. Undo it once it has ended.',
  },
  'nothing-to-undo': {
    fr: 'C’était un essai, qui n’a changé personne : il n’y a rien à annuler.',
    en: 'This was a dry run, which changed nobody: there is nothing to undo.',
  },
};

const leftThings = async (ledger: Ledger, importId: ImportId): Promise<readonly LeftOfImport[]> => {
  const history = await ledger.read(importStream, importId);
  return history.flatMap(({ event }) => (event.type === 'ImportRowsUndone' ? event.data.left : []));
};

const interrupted = (importId: ImportId): CommandRefused =>
  new CommandRefused('interrupted', {
    fr: `L’annulation de ${importId} est interrompue. Elle reprend d’elle-même là où elle en est dès qu’Attesta fonctionne.`,
    en: `The undo of ${importId} was interrupted. It goes on by itself where it stands as soon as Attesta runs.`,
  });
