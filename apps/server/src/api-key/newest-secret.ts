import type { Seal } from '../vault/seal.ts'
import { openSigningKey } from './seal-signing-key.ts'
import { isInForce, type SealedSigningKey, type Secret } from './signing-key.ts'

/** The newest active secret, decrypted; preferably one that is not retiring. */
export function newestSecret(seal: Seal, signingKeys: readonly SealedSigningKey[], now: number): Secret | undefined {
  const secrets = signingKeys.filter((key) => key.kind === 'secret' && isInForce(key, now))
  const newest = secrets.filter(({ retiresAt }) => retiresAt === undefined).at(-1) ?? secrets.at(-1)
  if (newest?.algorithm === undefined) return undefined
  const { material: secret, ...key } = openSigningKey(seal, newest)
  return { ...key, algorithm: newest.algorithm, secret }
}
