import { checkDecoy } from './decoy.ts'
import type { CompactParts } from './jws/compact.ts'
import type { JwsHeader } from './jws/header.ts'
import { refuse, type TokenRefusal } from './refusal.ts'
import type { PreparedKey } from './verifier-keys.ts'

export interface Authentic {
  readonly ok: true
  /** The key that verified the signature. */
  readonly key: PreparedKey
}

/**
 * Finds the key that signed a token. The header can only narrow the choice: `kid` to the keys with that name, `alg` to the keys of
 * that algorithm. A key is never used with another algorithm than its own (RFC 8725 section 3.1).
 */
export function authenticate(
  keys: readonly PreparedKey[],
  { alg, kid }: JwsHeader,
  { signingInput, signature }: CompactParts,
): Authentic | TokenRefusal {
  const named = kid === undefined ? keys : keys.filter(({ keyId }) => keyId === kid)
  let fits = false
  for (const key of named) {
    if (key.algorithm !== alg) continue
    if (key.holds(signingInput, signature)) return { ok: true, key }
    fits = true
  }
  if (fits) return refuse('signature', 'signature_invalid', 'The signature was not made with a key that is known here')
  checkDecoy(alg, signingInput, signature)
  const [first] = named
  if (first !== undefined) {
    return refuse(
      'algorithm',
      'algorithm_refused',
      `The key is for ${first.algorithm}, and the header names another algorithm`,
    )
  }
  return refuse(
    'key',
    'key_unknown',
    kid === undefined ? 'There is no key to verify with' : 'No key has the name that "kid" gives',
  )
}
