import type { Bilingual } from '#domain/kernel/index';

const say = (fr: string, en: string): Bilingual => ({ fr, en });

/** The page's own words. */
export const WORDS = {
  title: say('Reçu de consentement', 'Consent receipt'),
  lead: say(
    'Ce qui a été demandé à la personne, ce qu’elle a accepté ou refusé, selon l’émetteur, au moment où ce reçu a été émis.',
    'What the person was asked, agreed to or refused, by the issuer’s records, when this receipt was issued.',
  ),
  receipt: say('Reçu', 'Receipt'),
  issuedAt: say('Émis le', 'Issued at'),
  issuedBy: say('Émis par', 'Issued by'),
  person: say('Personne', 'Person'),
  email: say('Courriel', 'E-mail'),
  language: say('Langue', 'Language'),
  jurisdiction: say('Lieu', 'Jurisdiction'),
  parties: say('Responsables', 'Who is responsible'),
  role: say('Rôle', 'Role'),
  address: say('Adresse', 'Address'),
  contact: say('Contact', 'Contact'),
  privacyOfficer: say('Protection des renseignements', 'Privacy contact'),
  controller: say('responsable du traitement', 'controller'),
  processor: say('sous-traitant', 'processor'),
  state: say('État', 'State'),
  purpose: say('But', 'Purpose'),
  data: say('Renseignements', 'Data'),
  storage: say('Lieu de conservation', 'Where it is kept'),
  retention: say('Durée de conservation', 'For how long'),
  thirdParties: say('Communiqués à', 'Passed on to'),
  withdrawal: say('Pour y mettre fin', 'How to end it'),
  operator: say('Exploitant de la plateforme d’envoi', 'Operator of the sending platform'),
  nothingPersonal: say('rien sur cette personne en particulier', 'nothing about this one person'),
  events: say('Ce qui s’est passé', 'What happened'),
  when: say('Moment', 'When'),
  what: say('Fait', 'What'),
  validity: say('Validité', 'Validity'),
  proof: say('Preuve', 'Proof'),
  stateNow: say('aujourd’hui', 'now'),
  from: say('à partir du', 'from'),
  until: say('jusqu’au', 'until'),
  noEnd: say('sans fin', 'no end'),
  dated: say('daté du', 'dated'),
  wording: say('Texte', 'Wording'),
  wordsRead: say('Ce que la personne a lu, mot pour mot', 'What the person read, word for word'),
  version: say('version', 'version'),
  statement: say('texte montré', 'text shown'),
  withheld: say('au dossier, non communiqué ici', 'on record, not told here'),
  event: say('Événement', 'Event'),
  lists: say('Listes', 'Lists'),
  yes: say('oui', 'yes'),
  no: say('non', 'no'),
  check: say('Vérifier ce reçu', 'Check this receipt'),
  checkHow: say(
    'Cette page n’est qu’une lecture. La preuve est le fichier signé : enregistrez-le, prenez les clés de l’émetteur, et comparez. Le guide « Prouver un consentement » dit comment, avec ou sans ce programme.',
    'This page is a reading only. The proof is the signed file: save it, take the issuer’s keys, and compare. The guide “Prove a consent” says how, with this program or without.',
  ),
  save: say('Enregistrer le fichier signé', 'Save the signed file'),
  keys: say('Clés de l’émetteur', 'Keys of the issuer'),
  signature: say('Signature', 'Signature'),
} as const;

export const TYPES: Readonly<Record<string, Bilingual>> = {
  express: say('exprès', 'express'),
  implied: say('tacite', 'implied'),
  'without-consent': say('sans consentement', 'without consent'),
};

/** Data by type; custom fields are told by their key. */
export const DATA_NAMES: Readonly<Record<string, Bilingual>> = {
  'email-address': say('adresse de courriel', 'e-mail address'),
  language: say('langue', 'language'),
  jurisdiction: say('lieu', 'jurisdiction'),
  reading: say('lectures', 'reading'),
  clicks: say('clics', 'clicks'),
  'date-of-last-reading': say('date de la dernière lecture', 'date of the last reading'),
};

export const EVIDENCE_NAMES: Readonly<Record<string, Bilingual>> = {
  method: say('Méthode', 'Method'),
  source: say('Source', 'Source'),
  reference: say('Référence', 'Reference'),
  document: say('Document', 'Document'),
  url: say('Page', 'Page'),
  snapshot_hash: say('Empreinte de la copie', 'Hash of the snapshot'),
  no_refusal_checked: say('Aucun refus publié', 'No refusal of mail was published'),
  relevance: say('Lien avec la fonction', 'Relevance to the person’s role'),
  how: say('Comment', 'How'),
  by: say('Par', 'By'),
  attested_by: say('Attesté par', 'Attested by'),
  form_id: say('Formulaire', 'Form'),
  import_id: say('Importation', 'Import'),
  row: say('Ligne', 'Row'),
  message_id: say('Message', 'Message'),
  newsletter_id: say('Infolettre', 'Newsletter'),
  campaign_id: say('Campagne', 'Campaign'),
};
