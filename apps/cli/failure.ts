import { ConfigError } from '#apps/composition/index';
import { UnknownReadModel } from '#apps/projector/index';
import { CopyRefused } from '#libs/event-log/copying/index';
import { EventLogUnavailable } from '#libs/event-log/port';
import { KeyringCopyRefused } from '#libs/keyring/copying/index';
import { KeyringUnavailable } from '#libs/keyring/index';
import { MongoUnavailable } from '#libs/mongodb/mongo-unavailable';
import { RebuildFailed } from '#libs/projecting/index';
import { ForeignReadModels } from '#libs/read-store/port';
import { DatabaseUnavailable } from '#libs/sqlite/index';
import { UploadFailure } from '#libs/uploads/index';
import type { ReaderLanguage } from './language.ts';
import { BadUsage, CommandRefused } from './refusal.ts';

/** `different`: a read model is not what the ledger says. */
export const EXIT = { done: 0, failed: 1, badUsage: 2, different: 3 } as const;
type ExitStatus = (typeof EXIT)[keyof typeof EXIT];

export type Failure = Readonly<{ code: string; detail: string; exitStatus: ExitStatus }>;

/** Failures that other rooms explain in one English sentence, in French here. */
const FRENCH: Readonly<Record<string, string>> = {
  'disk-full': 'Le disque est plein. Libérez de l’espace, puis recommencez.',
  'io-error':
    'La lecture ou l’écriture a échoué. Vérifiez le disque, puis recommencez : ce qui était confirmé est conservé.',
  corrupt: 'Un fichier de données est endommagé. Restaurez une copie ; il a été laissé tel quel.',
  'keyring-corrupt':
    'Le trousseau de clés est endommagé. Restaurez une copie ; il a été laissé tel quel.',
  'newer-version': 'Ces données viennent d’une version plus récente : utilisez celle-là.',
  'cannot-open':
    'Un fichier de données ne s’ouvre pas. Vérifiez que le dossier existe et que vous pouvez y lire et y écrire.',
  'root-key-mismatch':
    'La clé racine n’est pas celle de ces données. Vérifiez ATTESTA_ROOT_KEY ou le fichier root.key.',
  'foreign-ledger':
    'Ces données appartiennent à un autre registre. Remettez ensemble le registre, le trousseau et les modèles de lecture d’une même sauvegarde ; rien n’a été changé.',
  unreachable:
    'Un serveur dont le programme a besoin ne répond pas. Vérifiez qu’il fonctionne, puis recommencez : rien n’est fait deux fois.',
  unauthorised:
    'Un serveur refuse le nom ou le mot de passe. Vérifiez l’adresse dans ATTESTA_EVENTSTORE_URL et ATTESTA_MONGODB_URL.',
  'wrong-version':
    'Ce qui répond n’est pas un serveur que ce programme peut utiliser. Vérifiez son adresse et sa version.',
  'half-created':
    'Une copie vers ces données a été interrompue. Relancez attesta ledger copy ou attesta keyring copy jusqu’au bout, ou repartez d’un endroit vide.',
  'wrong-url':
    'L’adresse de MongoDB doit nommer une base, par exemple mongodb://utilisateur:motdepasse@hote:27017/attesta.',
  'copy-differs':
    'La copie diffère de l’original. Si elle a servi depuis, utilisez-la telle quelle ; sinon, repartez d’un endroit vide.',
  'target-goes-on':
    'La copie contient tout l’original et d’autres événements après : elle a servi depuis. Utilisez-la telle quelle, ou repartez d’un endroit vide.',
  'copy-aborted':
    'La copie a été interrompue. Relancez la même commande : elle reprend là où elle en est.',
  'foreign-keyring':
    'Ce trousseau est celui d’un autre registre, ou d’une autre clé racine. Donnez à --to un endroit vide ; rien n’a été changé.',
  'nothing-to-copy':
    'Il n’y a pas de trousseau complet à copier. Vérifiez où sont les clés ; rien n’a été changé.',
  locked: 'Un autre programme garde les données verrouillées. Recommencez dans un moment.',
  busy: 'Un autre programme garde le trousseau verrouillé. Recommencez dans un moment.',
  closed: 'Le programme s’arrêtait déjà.',
  'upload-missing': 'Le fichier à importer n’est plus là. Importez-le de nouveau.',
  'upload-damaged': 'Le fichier à importer a été endommagé sur le disque. Importez-le de nouveau.',
  'already-running': 'Ce modèle de lecture est déjà en reconstruction.',
  aborted: 'La reconstruction a été interrompue. Ce qui servait sert toujours.',
  'lease-lost':
    'La reconstruction a été abandonnée : les serveurs étaient trop occupés pour renouveler ses baux à temps. Ce qui servait sert toujours. Recommencez quand il y aura moins à faire.',
  'unknown-read-model': 'Il n’y a pas de modèle de lecture de ce nom.',
};

const EXPLAINED = [
  EventLogUnavailable,
  KeyringUnavailable,
  DatabaseUnavailable,
  ForeignReadModels,
  UploadFailure,
  RebuildFailed,
  UnknownReadModel,
  CopyRefused,
  KeyringCopyRefused,
  MongoUnavailable,
];

/**
 * What to tell of an error. Those that are expected come with a sentence that may be shown; of any other
 * only name and place are told, since its message can quote what was being worked on.
 */
export const failureOf = (error: unknown, language: ReaderLanguage): Failure => {
  if (error instanceof CommandRefused) {
    const exitStatus = error instanceof BadUsage ? EXIT.badUsage : EXIT.failed;
    return { code: error.code, detail: error.words[language], exitStatus };
  }
  if (error instanceof ConfigError) {
    return { code: 'configuration', detail: error.message, exitStatus: EXIT.badUsage };
  }
  const explained = EXPLAINED.find((type) => error instanceof type);
  if (explained !== undefined && error instanceof explained) {
    const detail = language === 'fr' ? (FRENCH[error.code] ?? error.message) : error.message;
    return { code: error.code, detail, exitStatus: EXIT.failed };
  }
  return { code: 'unexpected', detail: unexpected(error, language), exitStatus: EXIT.failed };
};

const unexpected = (error: unknown, language: ReaderLanguage): string => {
  const name = error instanceof Error ? error.name : typeof error;
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  const place = /^\s+at (.*)$/m.exec(stack)?.[1] ?? '?';
  return language === 'fr'
    ? `Erreur inattendue (${name}, ${place}). C’est un défaut du programme : signalez-le.`
    : `Unexpected error (${name}, ${place}). This is a fault of the program: please report it.`;
};
