export { AccessToken, AccessToken as default } from './access-token.ts'
export type { AccessTokenOptions } from './access-token-options.ts'
export {
  ANY_USER_AGENT,
  type Claims,
  type ConversationGrant,
  DEFAULT_AUDIENCE,
  DEFAULT_TTL_SECONDS,
  type Grants,
  MAX_CLOCK_SKEW_SECONDS,
  MAX_ISSUED_AHEAD_SECONDS,
  MAX_NAME_LENGTH,
  MAX_TOKEN_LENGTH,
  MAX_TTL_SECONDS,
  MAX_USER_DATA_BYTES,
  PUBLICATIONS,
  type Publication,
  ROLES,
  type Role,
  type UserData,
  type VerifiedClaims,
} from './claims.ts'
export { type Inspection, inspectToken } from './inspect-token.ts'
export { ALGORITHMS, type Algorithm } from './jws/algorithms.ts'
export { CryptoUnsupportedError } from './jws/crypto-unsupported.ts'
export type { JsonObject, JsonValue } from './jws/json.ts'
export { type Jwk, type KeyInput, KeyRefusedError } from './jws/key.ts'
export { type CheckOutcome, listChecks } from './list-checks.ts'
export { type Duration, readTtl } from './read-ttl.ts'
export { CHECKS, type Check, type TokenRefusal, type TokenRefusalCode } from './refusal.ts'
export {
  createTokenVerifier,
  type Explanation,
  type TokenVerification,
  type TokenVerifier,
  type TokenVerifierOptions,
  type VerifyOptions,
} from './verifier.ts'
export type { VerifierKey } from './verifier-keys.ts'
