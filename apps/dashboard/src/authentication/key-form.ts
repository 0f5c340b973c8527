/** What the form of a new key holds: the fields of every kind, so that none is lost when another kind is chosen. */
export interface KeyForm {
  readonly kind: 'secret' | 'imported_secret' | 'public_key' | 'key_set'
  readonly keyId: string
  readonly secret: string
  readonly algorithm: 'HS256' | 'HS384' | 'HS512'
  readonly publicKey: string
  readonly url: string
}

export const NO_KEY: KeyForm = { kind: 'secret', keyId: '', secret: '', algorithm: 'HS256', publicKey: '', url: '' }

/** What of it goes to the API. */
export function bodyOf({ kind, keyId, secret, algorithm, publicKey, url }: KeyForm) {
  const id = keyId.trim() === '' ? {} : { keyId: keyId.trim() }
  switch (kind) {
    case 'secret':
      return { kind, ...id }
    case 'imported_secret':
      return { kind, secret, algorithm, ...id }
    case 'public_key':
      return { kind, publicKey, ...id }
    case 'key_set':
      return { kind, url, ...id }
  }
}
