import type { Algorithm } from './jws/algorithms.ts'
import { bindKey, type KeyInput, KeyRefusedError } from './jws/key.ts'
import { prepareCheck, type SignatureCheck } from './jws/signature.ts'

/** A key that verifies tokens: its algorithm, the secret or public key, and its key id. */
export type VerifierKey = {
  readonly algorithm: Algorithm
  /**
   * The key id, for `kid` (RFC 7515 section 4.1.4). A token without `kid` is tried with every key of its algorithm. Keys of different
   * algorithms can share a key id (RFC 7517 section 4.5).
   */
  readonly keyId?: string
} & ({ readonly secret: KeyInput } | { readonly publicKey: KeyInput })

export interface PreparedKey {
  readonly algorithm: Algorithm
  readonly keyId: string | undefined
  readonly holds: SignatureCheck
}

/** Prepares keys, so that verifying a signature does no other work. */
export function prepareKeys(keys: readonly VerifierKey[]): readonly PreparedKey[] {
  const prepared = keys.map(prepareKey)
  // Keys of different kinds can share a key id (RFC 7517 section 4.5): the algorithm distinguishes them.
  const names = prepared.flatMap(({ keyId, algorithm }) => (keyId === undefined ? [] : `${algorithm} ${keyId}`))
  if (new Set(names).size !== names.length) throw new KeyRefusedError('Two keys have the same keyId and algorithm')
  return prepared
}

function prepareKey(key: VerifierKey): PreparedKey {
  const input = 'secret' in key ? key.secret : key.publicKey
  return { algorithm: key.algorithm, keyId: key.keyId, holds: prepareCheck(bindKey(input, [key.algorithm], 'verify')) }
}
