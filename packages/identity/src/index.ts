export type { Fetch } from './fetch-json.ts'
export { FETCH_TIMEOUT_SECONDS, MAX_KEY_SET_BYTES } from './fetch-json.ts'
export { fetchKeySet } from './fetch-key-set.ts'
export { type FindKeys, type FoundKeys, findKeysThrough } from './find-keys.ts'
export { isIssuer } from './is-issuer.ts'
export {
  MAX_PROVIDERS,
  PROVIDER_COOLDOWN_SECONDS,
  PROVIDER_FRESH_SECONDS,
  PROVIDER_STALE_SECONDS,
  ProviderKeys,
} from './provider-keys.ts'
export {
  type Identity,
  type IdentityRefusal,
  type IdentityRefusalReason,
  MAX_ISSUED_AHEAD_SECONDS,
  MAX_KEYS_TRIED,
  type PresentedToken,
  TOKEN_TYPES,
  type TokenType,
  type TrustedProvider,
  verifyIdentity,
} from './verify-identity.ts'
