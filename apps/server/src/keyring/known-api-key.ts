import type { TokenVerifier } from '@stagedoor/access-token'
import type { ApiKey } from '../api-key/api-key.ts'
import type { Revocations } from '../api-key/revocation.ts'

/** An API key that is ready to verify with. */
export interface KnownApiKey extends ApiKey {
  /** Verifies tokens. The key that it names is the signing key, also where that is a set of published keys. */
  readonly verify: TokenVerifier
  readonly revocations: Revocations
  /** Whether tokens may be signed with keys that are published, and could not be fetched. */
  readonly keysAreMissing: boolean
}
