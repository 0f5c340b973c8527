import type { ConversationGrant } from '@stagedoor/access-token'
import type { Ban } from '@stagedoor/protocol'
import type { SecretToImport } from '../api-key/add-signing-key.ts'
import type { ApiKey } from '../api-key/api-key.ts'
import type { ApiKeyChange } from '../api-key/key-store.ts'
import type { ApiKeyToCreate } from '../api-key/keys.ts'
import type { Revocation } from '../api-key/revocation.ts'
import type { ToRevoke } from '../api-key/revoke.ts'
import type { Secret, SigningKey, SigningKeyState } from '../api-key/signing-key.ts'
import type { AnswerOf, ShownOutcome, ShownRefusal, ShownSession } from '../control/requests.ts'
import type { Question } from '../dry-run/dry-run.ts'
import type { Policy } from '../policy/policy.ts'
import type { KeyUseNow } from './key-use.ts'

/**
 * What the commands ask of a platform. It is answered `here`, on its own machine, by the store and the control socket; or from
 * `afar`, by its API. Whatever cannot be done is thrown, in words for whoever typed it.
 */
export interface PlatformClient {
  readonly sessions: SessionClient
  readonly refusals: RefusalClient
  readonly keys: KeyClient
  readonly signingKeys: SigningKeyClient
  readonly bans: BanClient
  revoke(apiKey: string, what: ToRevoke): Promise<Revocation>
  explain(question: Question): Promise<Explained>
  mint(apiKey: string, wish: MintingWish): Promise<Minted>
}

/** The bans of users that have not ended; they are made by `revoke`. */
export interface BanClient {
  list(apiKey: string): Promise<readonly Revocation[]>
  /** Throws if there is none. */
  lift(apiKey: string, userId: string): Promise<void>
}

export interface SessionClient {
  list(filter: SessionFilter): Promise<{ readonly sessions: readonly ShownSession[]; readonly total: number }>
  /** Nothing where there is no such session. */
  close(sessionId: string, asks: { readonly ban: Ban | undefined }): Promise<Done | undefined>
  eject(
    sessionId: string,
    asks: { readonly conversation: string; readonly ban: Ban | undefined },
  ): Promise<(Done & { readonly wasIn: boolean }) | undefined>
}

interface SessionFilter {
  readonly apiKey: string | undefined
  readonly userId: string | undefined
  readonly limit: number
}

/** What was done to a session. */
export interface Done {
  readonly session: ShownSession
  /** What became of the ban, where one was asked for. */
  readonly outcome?: ShownOutcome | undefined
  /** False where the store cannot be reached: then the log of the server has it, and the audit trail has not. */
  readonly isWrittenDown?: boolean | undefined
}

export interface RefusalClient {
  list(
    filter: SessionFilter & { readonly code: ShownRefusal['code'] | undefined },
  ): Promise<{ readonly refusals: readonly ShownRefusal[]; readonly total: number }>
  find(refusalId: string): Promise<ShownRefusal | undefined>
}

export interface KeyClient {
  list(): Promise<readonly ApiKey[]>
  find(apiKey: string): Promise<ApiKey>
  create(options: ApiKeyToCreate & { readonly policy: Policy }): Promise<NewApiKey>
  change(apiKey: string, change: Omit<ApiKeyChange, 'policy'>): Promise<void>
  changePolicy(apiKey: string, change: (before: Policy) => Policy): Promise<Policy>
  delete(apiKey: string): Promise<void>
  /** How many sessions are live under it; nothing where no server runs. */
  countSessions(apiKey: string): Promise<number | undefined>
}

/** An API key, and its first secret. */
export interface NewApiKey extends Pick<Secret, 'keyId' | 'secret'> {
  readonly apiKey: string
}

export interface SigningKeyClient {
  list(apiKey: string): Promise<readonly (ShownSigningKey & KeyUseNow & { readonly state: SigningKeyState })[]>
  create(apiKey: string): Promise<Pick<Secret, 'keyId' | 'secret'>>
  add(apiKey: string, given: GivenSigningKey): Promise<ShownSigningKey>
  /** Answers when its end is. */
  retire(apiKey: string, keyId: string, inSeconds: number): Promise<number>
  keep(apiKey: string, keyId: string): Promise<void>
}

export type ShownSigningKey = Omit<SigningKey, 'lastUsedAt'>

/** A key that was made elsewhere. */
export type GivenSigningKey = { readonly keyId?: string | undefined } & (
  | ({ readonly kind: 'imported_secret' } & Pick<SecretToImport, 'secret' | 'algorithm'>)
  | { readonly kind: 'public_key'; readonly publicKey: string }
  | { readonly kind: 'key_set'; readonly url: string }
)

export interface Explained {
  readonly answer: AnswerOf<'explain'>
  /** Without a server the store answers, and does not know what is live. */
  readonly answeredBy: 'server' | 'store'
}

export interface MintingWish {
  /** Nothing for any. */
  readonly id: string | undefined
  readonly ttlSeconds: number
  readonly conversations: readonly ConversationGrant[] | undefined
}

export interface Minted {
  readonly token: string
  /** Whether the API key lets such a token in. */
  readonly isAdmitted: boolean
}
