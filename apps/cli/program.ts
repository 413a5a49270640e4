import { Argument, Command, Option } from 'commander';
import { PROOF_FORMATS, PROOF_LANGUAGES } from '#apps/api/recipients/proof/proof-forms';
import { readModelNames } from '#apps/projector/index';
import { MESSAGE_CLASSES } from '#domain/consent/index';
import { withSharedOptions, type Surroundings } from './command-line.ts';
import { added, given, type Parts } from './command-tree.ts';
import { addCopies } from './copy/copy-commands.ts';
import type { DemoOptions } from './demo/demo.ts';
import type { ImportOptions } from './import/import-file.ts';
import type { MailableOptions } from './mailable/mailable-command.ts';
import { READER_LANGUAGES } from './language.ts';
import type { DossierOptions } from './recipient/dossier.ts';
import type { ExplainOptions } from './recipient/explain.ts';
import type { RebuildCommandOptions } from './rebuild/rebuild-command.ts';
import type { KeyOptions } from './receipt/key.ts';
import type { ReactivateOptions } from './recipient/reactivate.ts';
import type { ReceiptOptions } from './recipient/receipt.ts';
import type { SubscribeOptions } from './recipient/subscribe.ts';
import { PROGRAM_WORDS } from './program-words.ts';
import { HELP_TITLES } from './usage.ts';

/** The command line of `attesta`. */
export const attesta = (surroundings: Surroundings): Command => {
  const { language } = surroundings;
  const words = PROGRAM_WORDS[language];
  const program = new Command('attesta')
    .description(words.program)
    .helpOption('-h, --help', words.help)
    .helpCommand(false)
    // Faults are told by whoever started the program, in the reader's language.
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ styleTitle: (title) => HELP_TITLES[language][title] ?? title })
    .exitOverride();
  withSharedOptions(program, language);
  const parts = { program, surroundings };
  addImport(parts);
  addRecipient(parts);
  addReceipt(parts);
  addMailable(parts);
  addRebuild(parts);
  addCopies(parts);
  addDemo(parts);
  return program;
};

const addImport = (parts: Parts): void => {
  const words = PROGRAM_WORDS[parts.surroundings.language];
  const importing = added(parts.program, 'import', words.import, parts)
    .addArgument(new Argument('<file>', words.file))
    .requiredOption('--account <id>', words.account)
    // Not `requiredOption`: it would be asked of `import undo` too.
    .option('--mapping <file|json>', words.mapping)
    .option('--dry-run', words.dryRun)
    .action(async (file: string, _: unknown, command: Command) => {
      const { options, called } = given<Partial<ImportOptions>>(command, parts);
      const { account, mapping } = options;
      if (account === undefined || mapping === undefined) throw missingMapping(command);
      const { importFile } = await import('./import/import-file.ts');
      await importFile(file, { ...options, account, mapping }, called);
    });
  added(importing, 'undo', words.undo, parts)
    .addArgument(new Argument('<import>', words.importId))
    .option('--account <id>', words.account)
    .action(async (importId: string, _: unknown, command: Command) => {
      const { undoImport } = await import('./import/undo-import.ts');
      const { options, called } = given<Pick<ImportOptions, 'account'>>(command, parts);
      await undoImport(importId, options, called);
    });
};

const missingMapping = (command: Command): Error =>
  command.error("required option '--mapping <file|json>' not specified", {
    code: 'commander.missingMandatoryOptionValue',
  });

const addRecipient = (parts: Parts): void => {
  const words = PROGRAM_WORDS[parts.surroundings.language];
  const group = added(parts.program, 'recipient', words.recipient, parts);
  const about = (name: string, description: string): Command =>
    added(group, name, description, parts)
      .addArgument(new Argument('<email|id>', words.who))
      .requiredOption('--account <id>', words.account)
      .option('--at <instant>', words.at);
  about('timeline', words.timeline).action(async (who: string, _: unknown, command: Command) => {
    const { recipientTimeline } = await import('./recipient/timeline.ts');
    const { options, called } = given<ExplainOptions>(command, parts);
    await recipientTimeline(who, options, called);
  });
  addDossier(group, parts);
  addStaffCommands(group, parts);
  added(group, 'receipt', words.recipientReceipt, parts)
    .addArgument(new Argument('<email|id>', words.who))
    .requiredOption('--account <id>', words.account)
    .addOption(new Option('--format <format>', words.receiptFormat).choices(PROOF_FORMATS))
    .addOption(new Option('--language <language>', words.pageLanguage).choices(PROOF_LANGUAGES))
    .option('--output <file>', words.output)
    .action(async (who: string, _: unknown, command: Command) => {
      const { recipientReceipt } = await import('./recipient/receipt.ts');
      const { options, called } = given<ReceiptOptions>(command, parts);
      await recipientReceipt(who, options, called);
    });
  about('state', words.state).action(async (who: string, _: unknown, command: Command) => {
    const { recipientState } = await import('./recipient/state.ts');
    const { options, called } = given<ExplainOptions>(command, parts);
    await recipientState(who, options, called);
  });
  about('explain', words.explain)
    .option('--list <id>', words.list)
    .addOption(new Option('--class <class>', words.class).choices(MESSAGE_CLASSES))
    .action(async (who: string, _: unknown, command: Command) => {
      const { explainRecipient } = await import('./recipient/explain.ts');
      const { options, called } = given<ExplainOptions>(command, parts);
      await explainRecipient(who, options, called);
    });
};

const addDossier = (group: Command, parts: Parts): void => {
  const words = PROGRAM_WORDS[parts.surroundings.language];
  added(group, 'dossier', words.dossier, parts)
    .addArgument(new Argument('<email|id>', words.who))
    .requiredOption('--account <id>', words.account)
    .addOption(new Option('--format <format>', words.format).choices(['html', 'json']))
    .addOption(new Option('--language <language>', words.pageLanguage).choices(READER_LANGUAGES))
    .option('--output <file>', words.output)
    .action(async (who: string, _: unknown, command: Command) => {
      const { recipientDossier } = await import('./recipient/dossier.ts');
      const { options, called } = given<DossierOptions>(command, parts);
      await recipientDossier(who, options, called);
    });
};

const addReceipt = (parts: Parts): void => {
  const words = PROGRAM_WORDS[parts.surroundings.language];
  const group = added(parts.program, 'receipt', words.receipt, parts);
  added(group, 'verify', words.verifyReceipt, parts)
    .addArgument(new Argument('<file>', words.receiptFile))
    .requiredOption('--key <file|key>', words.key)
    .action(async (file: string, _: unknown, command: Command) => {
      const { verifyReceipt } = await import('./receipt/verify.ts');
      const { options, called } = given<{ key: string }>(command, parts);
      await verifyReceipt(file, options, called);
    });
  added(group, 'key', words.receiptKey, parts)
    .requiredOption('--account <id>', words.account)
    .option('--renew', words.renew)
    .action(async (_: unknown, command: Command) => {
      const { receiptKey } = await import('./receipt/key.ts');
      const { options, called } = given<KeyOptions>(command, parts);
      await receiptKey(options, called);
    });
};

const addMailable = (parts: Parts): void => {
  const words = PROGRAM_WORDS[parts.surroundings.language];
  added(parts.program, 'mailable', words.mailable, parts)
    .requiredOption('--account <id>', words.account)
    .option('--at <instant>', words.at)
    .option('--difference-to <instant>', words.differenceTo)
    .option('--list <id>', words.list)
    .addOption(new Option('--class <class>', words.class).choices(MESSAGE_CLASSES))
    .action(async (_: unknown, command: Command) => {
      const { whoWasMailable } = await import('./mailable/mailable-command.ts');
      const { options, called } = given<MailableOptions>(command, parts);
      await whoWasMailable(options, called);
    });
};

/** What staff do at the console for one person, under the rules of C-27. */
const addStaffCommands = (group: Command, parts: Parts): void => {
  const words = PROGRAM_WORDS[parts.surroundings.language];
  const about = (name: string, description: string): Command =>
    added(group, name, description, parts)
      .addArgument(new Argument('<email|id>', words.who))
      .requiredOption('--account <id>', words.account);
  added(group, 'subscribe', words.subscribe, parts)
    .addArgument(new Argument('<email>', words.email))
    .requiredOption('--account <id>', words.account)
    .option('--list <id...>', words.lists)
    .option('--language <language>', words.language)
    .option('--jurisdiction <code>', words.jurisdiction)
    .option('--consent <json>', words.consent)
    .action(async (email: string, _: unknown, command: Command) => {
      const { subscribeRecipient } = await import('./recipient/subscribe.ts');
      const { options, called } = given<SubscribeOptions>(command, parts);
      await subscribeRecipient(email, options, called);
    });
  about('reactivate', words.reactivate)
    .requiredOption('--reason <text>', words.reason)
    .requiredOption('--consent <json>', words.consent)
    .option('--acknowledge <id>', words.acknowledge)
    .action(async (who: string, _: unknown, command: Command) => {
      const { reactivateRecipient } = await import('./recipient/reactivate.ts');
      const { options, called } = given<ReactivateOptions>(command, parts);
      await reactivateRecipient(who, options, called);
    });
  about('correct', words.correct)
    .requiredOption('--reason <text>', words.reason)
    .action(async (who: string, _: unknown, command: Command) => {
      const { correctRecipient } = await import('./recipient/correct.ts');
      const { options, called } = given<Pick<ReactivateOptions, 'account' | 'reason'>>(
        command,
        parts,
      );
      await correctRecipient(who, options, called);
    });
};

const addRebuild = (parts: Parts): void => {
  const words = PROGRAM_WORDS[parts.surroundings.language];
  added(parts.program, 'rebuild', words.rebuild, parts)
    .addArgument(new Argument('<name>', words.model).choices(readModelNames))
    .option('--verify', words.verifyModel)
    .action(async (name: string, _: unknown, command: Command) => {
      const { rebuildReadModel } = await import('./rebuild/rebuild-command.ts');
      const { options, called } = given<RebuildCommandOptions>(command, parts);
      await rebuildReadModel(name, options, called);
    });
};

const addDemo = (parts: Parts): void => {
  const words = PROGRAM_WORDS[parts.surroundings.language];
  added(parts.program, 'demo', words.demo, parts)
    .option('--exit', words.exit)
    .action(async (_: unknown, command: Command) => {
      const { runDemo } = await import('./demo/demo.ts');
      const { options, called } = given<DemoOptions>(command, parts);
      await runDemo(options, called);
    });
};
