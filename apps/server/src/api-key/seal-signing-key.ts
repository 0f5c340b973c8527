import type { Seal } from '../vault/seal.ts'
import type { OpenSigningKey, SealedSigningKey, SigningKey } from './signing-key.ts'

export function sealSigningKey(seal: Seal, { material, ...key }: OpenSigningKey): SealedSigningKey {
  return { ...key, sealed: seal.close(material, placeOf(key)), masterKeyVersion: seal.version }
}

/** @throws {SealBrokenError} if it was not sealed for this API key, key id and kind. */
export function openSigningKey(seal: Seal, { sealed, masterKeyVersion, ...key }: SealedSigningKey): OpenSigningKey {
  return { ...key, material: seal.open(sealed, placeOf(key), masterKeyVersion) }
}

// Write access to the store is not enough to turn a public key into a secret.
function placeOf({ apiKey, keyId, kind }: SigningKey): string {
  const place = `${apiKey}\n${keyId}`
  return kind === 'secret' ? place : `${place}\n${kind}`
}
