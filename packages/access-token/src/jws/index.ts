export { ALGORITHMS, type Algorithm, type AsymmetricAlgorithm, type HmacAlgorithm } from './algorithms.ts'
export { CryptoUnsupportedError } from './crypto-unsupported.ts'
export type { JwsHeader } from './header.ts'
export type { JsonObject, JsonValue } from './json.ts'
export { type BoundKey, bindKey, type Jwk, type KeyInput, KeyRefusedError, type KeyUse, MIN_RSA_BITS } from './key.ts'
export { signCompact } from './sign-compact.ts'
export {
  type JwsRefusalCode,
  type JwsVerification,
  type VerifyCompactOptions,
  verifyCompact,
} from './verify-compact.ts'
