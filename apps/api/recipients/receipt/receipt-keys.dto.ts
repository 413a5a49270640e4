import { Choice, InstantText, Nested, Text } from '../../http/schema/index.ts';

export class ReceiptKeyAnswer {
  @Choice(['OKP'])
  kty!: string;

  @Choice(['Ed25519'])
  crv!: string;

  @Text({ description: 'The public key, base64url (RFC 8037).' })
  x!: string;

  @Text({ description: 'Its thumbprint (RFC 7638): receipts name it.' })
  kid!: string;

  @Choice(['sig'])
  use!: string;

  @Choice(['Ed25519'])
  alg!: string;

  @Text({ description: 'The same key for OpenSSL.' })
  pem!: string;

  @InstantText()
  validFrom!: string;

  @InstantText({
    optional: true,
    description: 'When another key took its place; receipts from before still verify.',
  })
  validUntil?: string;
}

export class ReceiptKeysAnswer {
  @Nested(() => ReceiptKeyAnswer, { many: true, description: 'The key in force is the last one.' })
  keys!: ReceiptKeyAnswer[];
}
