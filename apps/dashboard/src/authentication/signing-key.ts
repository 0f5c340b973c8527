import type { components } from '@stagedoor/admin'

export type SigningKey = components['schemas']['SigningKey']

/** The API paths to refresh after a signing key has changed. */
export const SIGNING_KEY_PATHS = ['/api/v1/keys/{key}/signing-keys'] as const

export const KIND_WORDS: Readonly<Record<SigningKey['kind'], string>> = {
  secret: 'Secret',
  public_key: 'Public key',
  key_set: 'Key set (JWKS)',
}

const ADVICE_WORDS: Readonly<Record<NonNullable<SigningKey['advice']>, string>> = {
  rotate: 'This secret is more than a year old. Rotate it.',
  retire: 'Not used for a day or more, while another signing key is in use. Retire it.',
  change_over: 'This key is still in use. Switch your back end to another one before it retires.',
}

/** Returns what to do about a signing key, or `undefined` if nothing. */
export function adviceOn({ advice }: Pick<SigningKey, 'advice'>): string | undefined {
  return advice === null ? undefined : ADVICE_WORDS[advice]
}
