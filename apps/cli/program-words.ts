import type { ReaderLanguage } from './language.ts';

const en = {
  program:
    'Newsletters with consent that you can prove: the commands for operators and data teams.',
  help: 'show this help',
  import: 'import a file of recipients (CSV, TSV or NDJSON)',
  file: 'the file',
  account: 'the account, acc_…',
  mapping: 'what the columns mean: JSON, or a file of it',
  dryRun: 'say what would become of each row, and change nothing',
  recipient: 'what the ledger says of one person',
  who: 'an address, or an id rcp_…',
  at: 'as of this instant, such as 2026-11-23T15:04:05Z',
  timeline: 'everything that happened, oldest first',
  state: 'the person as the ledger knew them',
  explain: 'may we write to this person, and why',
  list: 'mail to this list, list_…',
  class: 'the class of the message',
  mailable: 'who could be mailed at an instant, and why',
  differenceTo: 'whose answer is another one at this later instant',
  rebuild: 'make a read model again from the ledger, while serving',
  model: 'the read model',
  demo: 'start the system with an example: an account, 3,000 recipients, a campaign',
  exit: 'do it all, check it, and end',
};

const fr: typeof en = {
  program:
    'Des infolettres au consentement prouvable : les commandes pour exploitants et équipes de données.',
  help: 'afficher cette aide',
  import: 'importer un fichier de destinataires (CSV, TSV ou NDJSON)',
  file: 'le fichier',
  account: 'le compte, acc_…',
  mapping: 'le sens des colonnes : du JSON, ou un fichier qui en contient',
  dryRun: 'dire ce que deviendrait chaque ligne, sans rien changer',
  recipient: 'ce que le registre dit d’une personne',
  who: 'une adresse, ou un identifiant rcp_…',
  at: 'à cet instant, par exemple 2026-11-23T15:04:05Z',
  timeline: 'tout ce qui s’est passé, du plus ancien au plus récent',
  state: 'la personne telle que le registre la connaissait',
  explain: 'peut-on écrire à cette personne, et pourquoi',
  list: 'un envoi à cette liste, list_…',
  class: 'la classe du message',
  mailable: 'à qui on pouvait écrire à un instant, et pourquoi',
  differenceTo: 'pour qui la réponse est autre à cet instant ultérieur',
  rebuild: 'refaire un modèle de lecture à partir du registre, sans interrompre le service',
  model: 'le modèle de lecture',
  demo: 'démarrer le système avec un exemple : un compte, 3 000 destinataires, une campagne',
  exit: 'tout faire, vérifier, et finir',
};

export const PROGRAM_WORDS: Readonly<Record<ReaderLanguage, typeof en>> = { fr, en };
