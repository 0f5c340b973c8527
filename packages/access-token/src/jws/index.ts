export { ALGORITHMS, type Algorithm } from './algorithms.ts'
export type { JwsHeader } from './header.ts'
export { type BoundKey, bindKey, type Jwk, type KeyInput, KeyRefusedError, MIN_RSA_BITS } from './key.ts'
export { signCompact } from './sign-compact.ts'
export {
  type JwsRefusalCode,
  type JwsVerification,
  type VerifyCompactOptions,
  verifyCompact,
} from './verify-compact.ts'
