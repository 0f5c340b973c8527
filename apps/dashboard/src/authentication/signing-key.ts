import type { components } from '@stagedoor/admin'

export type SigningKey = components['schemas']['SigningKey']

/** What a change of a signing key touches. */
export const SIGNING_KEY_PATHS = ['/api/v1/keys/{key}/signing-keys'] as const

export const KIND_WORDS: Readonly<Record<SigningKey['kind'], string>> = {
  secret: 'Secret',
  public_key: 'Public key',
  key_set: 'Key set (JWKS)',
}

const ADVICE_WORDS: Readonly<Record<NonNullable<SigningKey['advice']>, string>> = {
  rotate: 'It is older than a year. Rotate it.',
  retire: 'Another key is in use. No session is on this one, and no token of it has come for a day or more. Retire it.',
  change_over: 'This key is still in use. Switch your back end to another one before it ends.',
}

/** What its owner should do about a key, by its use and that of the others: nothing, where all is well. */
export function adviceOn({ advice }: Pick<SigningKey, 'advice'>): string | undefined {
  return advice === null ? undefined : ADVICE_WORDS[advice]
}
