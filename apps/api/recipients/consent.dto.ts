import {
  basisFault,
  BUSINESS_LABELS,
  checkLabel,
  IMPLIED_BASES,
  outlastsLaw,
  withinLaw,
  type BasisFaultCode,
  type ConsentGrant,
  type EvidenceKey,
  type BusinessLabel,
  type ImpliedBasis,
  type OrganisationType,
} from '#domain/consent/index';
import { CivilDate, clear, FormId, ImportId, WordingId, type Evidence } from '#domain/kernel/index';
import { presentEvidence, type ConsentProof, type GrantWithProof } from '#domain/recipient/index';
import { ValidateBy } from 'class-validator';
import { given } from '../given.ts';
import type { RemarkAnswer } from './recipient.dto.ts';
import { problem, refused } from '../http/problem.ts';
import { described, type About } from '../http/schema/describe.ts';
import { Choice, Day, Flag, Id, Nested, Shaped, Text, Whole } from '../http/schema/index.ts';

export class EvidenceDto {
  @Text({
    max: 500,
    optional: true,
    description: 'Number of an invoice, contract, receipt, register or roster.',
  })
  reference?: string;

  @Text({ max: 2_000, optional: true })
  document?: string;

  @Text({ max: 2_000, optional: true })
  url?: string;

  @Text({ max: 200, optional: true })
  snapshotHash?: string;

  @Flag({ optional: true })
  noRefusalChecked?: boolean;

  @Text({ max: 2_000, optional: true })
  relevance?: string;

  @Text({ max: 500, optional: true })
  by?: string;

  @Text({ max: 2_000, optional: true })
  how?: string;

  @Text({ max: 500, optional: true, description: 'Who attests to an imported file.' })
  attestedBy?: string;

  @Id(FormId, { optional: true })
  formId?: FormId;

  @Shaped(/^[0-9A-Za-z._-]{1,200}$/, {
    optional: true,
    message: 'must be the id of a message, without the part after the @',
  })
  messageId?: string;

  @Id(ImportId, { optional: true })
  importId?: ImportId;

  @Whole({ min: 1, optional: true })
  row?: number;
}

const faultOf = (value: unknown) => basisFault(typeof value === 'string' ? value : '');
const basisTest = (name: string, code: BasisFaultCode): PropertyDecorator =>
  ValidateBy({
    name,
    validator: {
      validate: (value) => faultOf(value)?.code !== code,
      defaultMessage: (about) => faultOf(about?.value)?.message ?? '',
    },
  });

/** A basis of the law; anything else is refused by the rule that says so (C-05). */
const Basis = (about: About): PropertyDecorator =>
  described(about, { type: 'string', enum: [...IMPLIED_BASES] }, [
    basisTest('isKnownBasis', 'unknown-basis'),
    basisTest('isNoLabel', 'label-without-basis'),
  ]);

export class ConsentDto {
  @Choice(['express', 'implied'])
  kind!: 'express' | 'implied';

  @Basis({ optional: true, description: 'Of an implied consent: why it is implied.' })
  basis?: ImpliedBasis;

  @Choice(BUSINESS_LABELS, {
    optional: true,
    description:
      'What the business calls the person: no basis by itself, so name the basis behind it.',
  })
  label?: BusinessLabel;

  @Day({ description: 'The civil date that the clock of the law starts on.' })
  date!: string;

  @Day({
    optional: true,
    description:
      "An end of an implied consent that is earlier than the law's; a later one is shortened, and `remarks` says so.",
  })
  expiresOn?: string;

  @Text({ max: 500, optional: true })
  method?: string;

  @Text({ max: 500, optional: true })
  source?: string;

  @Id(WordingId, { optional: true, description: 'What the person was shown.' })
  wordingId?: WordingId;

  @Nested(() => EvidenceDto, { optional: true })
  evidence?: EvidenceDto;
}

const fault = (path: string, message: string) =>
  problem('invalid-request', 'The consent is not as described. See errors.', {
    errors: [{ path, code: 'invalid', message }],
  });

const grantOf = (
  { kind, basis, date, expiresOn, label }: ConsentDto,
  path: string,
): ConsentGrant => {
  if (kind === 'express') {
    if (basis !== undefined) throw fault(`${path}basis`, 'belongs to an implied consent');
    if (expiresOn !== undefined) throw fault(`${path}expiresOn`, 'belongs to an implied consent');
    if (label !== undefined) throw fault(`${path}label`, 'belongs to an implied consent');
    return { kind, date: CivilDate(date) };
  }
  if (basis === undefined) throw fault(`${path}basis`, 'must say why the consent is implied');
  const end = expiresOn === undefined ? {} : { expiresOn: CivilDate(expiresOn) };
  return { kind, basis, date: CivilDate(date), ...end };
};

export const proofOf = ({
  method,
  source,
  evidence,
}: Pick<ConsentDto, 'method' | 'source' | 'evidence'>): ConsentProof => {
  const { formId, messageId, importId, row, ...proof } = given(evidence ?? {}) as EvidenceDto;
  return {
    ...given(proof),
    ...(method !== undefined && { method }),
    ...(source !== undefined && { source }),
  };
};

/** `path` is what stands before the names in `errors[]`: `consent.` within another body. */
export const grantWithProof = (
  dto: ConsentDto,
  organisationType: OrganisationType,
  path = '',
): GrantWithProof => {
  if (dto.label !== undefined && dto.kind === 'implied') {
    const checked = checkLabel(dto.label, dto.basis, organisationType);
    if (!checked.ok) throw refused(checked.error);
  }
  const proof = proofOf(dto);
  return { grant: grantOf(dto, path), proof: clear(proof), evidence: evidenceIn(dto, proof) };
};

/** What is shown: the parts of the proof, and what stands beside the event in clear. */
export const evidenceIn = (
  { wordingId, evidence = {} }: Pick<ConsentDto, 'wordingId' | 'evidence'>,
  proof: ConsentProof,
): ReadonlySet<EvidenceKey> => {
  const references = given({
    wordingId,
    formId: evidence.formId,
    messageId: evidence.messageId,
    importId: evidence.importId,
  });
  return presentEvidence(proof, Object.keys(references) as EvidenceKey[]);
};

/** What of a permission is recorded otherwise than it was sent: an end later than the law gives (C-11). */
export const remarksOn = (dto: ConsentDto | undefined, path = ''): RemarkAnswer[] => {
  const grant = dto === undefined ? undefined : grantOf(dto, path);
  if (grant === undefined || !outlastsLaw(grant)) return [];
  const lawful = withinLaw(grant);
  const lastDay = lawful.kind === 'implied' ? lawful.expiresOn : undefined;
  return [
    {
      path: `${path}expiresOn`,
      code: 'expiry-later-than-law',
      message: `The law ends this basis on ${lastDay ?? ''}: that day was recorded (C-11).`,
    },
  ];
};

/** What of the evidence is a reference and stands in clear beside the event. */
export const evidenceOf = ({ evidence }: Pick<ConsentDto, 'evidence'>): Evidence => {
  const { formId, messageId, importId, row } = evidence ?? {};
  return given({ formId, messageId, importId, row }) as Evidence;
};
