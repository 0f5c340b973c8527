/** The values of the form: the fields of every kind, so that choosing another kind loses none. */
export interface KeyForm {
  readonly kind: 'secret' | 'imported_secret' | 'public_key' | 'key_set'
  readonly keyId: string
  readonly secret: string
  readonly algorithm: 'HS256' | 'HS384' | 'HS512'
  readonly publicKey: string
  readonly url: string
}

export const NO_KEY: KeyForm = { kind: 'secret', keyId: '', secret: '', algorithm: 'HS256', publicKey: '', url: '' }

/** Returns the body of the request. */
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
