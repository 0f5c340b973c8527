import type { TokenVerifier } from '@stagedoor/access-token'
import type { ApiKey } from '../api-key/api-key.ts'
import type { Revocations } from '../api-key/revocation.ts'

/** An API key, ready to verify tokens. */
export interface KnownApiKey extends ApiKey {
  /** Verifies tokens. The key in the result is the signing key, even if that is a set of published keys. */
  readonly verify: TokenVerifier
  readonly revocations: Revocations
  /** Whether tokens may be signed with published keys that could not be fetched. */
  readonly keysAreMissing: boolean
}
