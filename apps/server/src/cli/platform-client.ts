import type { ConversationGrant } from '@stagedoor/access-token'
import type { Ban } from '@stagedoor/protocol'
import type { SecretToImport } from '../api-key/add-signing-key.ts'
import type { ApiKey } from '../api-key/api-key.ts'
import type { ApiKeyChange } from '../api-key/key-store.ts'
import type { ApiKeyToCreate } from '../api-key/keys.ts'
import type { Revocation } from '../api-key/revocation.ts'
import type { ToRevoke } from '../api-key/revoke.ts'
import type { SigningKey, SigningKeyState } from '../api-key/signing-key.ts'
import type {
  AnswerOf,
  ShownConversation,
  ShownConversationWithMembers,
  ShownOutcome,
  ShownRefusal,
  ShownSession,
} from '../control/requests.ts'
import type { Question } from '../dry-run/dry-run.ts'
import type { AuditFilter } from '../events/audit.ts'
import type { EndpointAlteration, EndpointOptions } from '../events/webhook/change-endpoints.ts'
import type { MessageType, ShownDeliveryState } from '../events/webhook/delivery.ts'
import type { Policy } from '../policy/policy.ts'
import type { KeyUseNow } from './local/key-use.ts'

/**
 * A platform as the commands see it: `local`, through the store and the control socket, or `remote`, through the API. What cannot
 * be done is thrown, with a message for the user.
 */
export interface PlatformClient {
  readonly sessions: SessionClient
  readonly refusals: RefusalClient
  readonly keys: KeyClient
  readonly signingKeys: SigningKeyClient
  readonly bans: BanClient
  readonly conversations: ConversationClient
  readonly webhooks: WebhookClient
  readonly audit: AuditClient
  revoke(apiKey: string, what: ToRevoke): Promise<Revocation>
  explain(question: Question): Promise<Explained>
  mint(apiKey: string, wish: MintingWish): Promise<Minted>
}

/** Active bans. `revoke` creates them. */
export interface BanClient {
  list(apiKey: string): Promise<readonly Revocation[]>
  /** Throws if the user is not banned. */
  lift(apiKey: string, userId: string): Promise<void>
}

export interface SessionClient {
  list(filter: SessionFilter): Promise<{ readonly sessions: readonly ShownSession[]; readonly total: number }>
  /** Resolves with undefined if there is no such session. */
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

/** The result of an operation on a session. */
export interface Done {
  readonly session: ShownSession
  /** The outcome of the ban, if one was requested. */
  readonly outcome?: ShownOutcome | undefined
  /** False if the store could not be reached: the operation is then in the server log but not in the audit log. */
  readonly isWrittenDown?: boolean | undefined
}

export interface RefusalClient {
  list(filter: SessionFilter & { readonly code: ShownRefusal['code'] | undefined }): Promise<AnswerOf<'list_refusals'>>
  find(refusalId: string): Promise<ShownRefusal | undefined>
}

export interface KeyClient {
  list(): Promise<readonly ApiKey[]>
  find(apiKey: string): Promise<ApiKey>
  create(options: ApiKeyToCreate & { readonly policy: Policy }): Promise<NewApiKey>
  change(apiKey: string, change: Omit<ApiKeyChange, 'policy'>): Promise<void>
  changePolicy(apiKey: string, change: (before: Policy) => Policy): Promise<Policy>
  delete(apiKey: string): Promise<void>
  /** The number of live sessions. Undefined if no server runs. */
  countSessions(apiKey: string): Promise<number | undefined>
}

/** A new signing key that is a secret. It is shown only once. */
interface NewSecret {
  readonly keyId: string
  readonly secret: string
}

/** A new API key and its first secret. */
export interface NewApiKey extends NewSecret {
  readonly apiKey: string
}

export interface SigningKeyClient {
  list(apiKey: string): Promise<readonly (ShownSigningKey & KeyUseNow & { readonly state: SigningKeyState })[]>
  create(apiKey: string): Promise<NewSecret>
  add(apiKey: string, given: GivenSigningKey): Promise<ShownSigningKey>
  /** Resolves with the time of retirement, in seconds since 1970. */
  retire(apiKey: string, keyId: string, inSeconds: number): Promise<number>
  keep(apiKey: string, keyId: string): Promise<void>
}

export type ShownSigningKey = Omit<SigningKey, 'lastUsedAt'>

/** An existing secret or public key to add. */
export type GivenSigningKey = { readonly keyId?: string | undefined } & (
  | ({ readonly kind: 'imported_secret' } & Pick<SecretToImport, 'secret' | 'algorithm'>)
  | { readonly kind: 'public_key'; readonly publicKey: string }
  | { readonly kind: 'key_set'; readonly url: string }
)

export interface Explained {
  readonly answer: AnswerOf<'explain'>
  /** Without a server the store answers. It does not know the live sessions. */
  readonly answeredBy: 'server' | 'store'
}

export interface MintingWish {
  /** Undefined for any user. */
  readonly id: string | undefined
  readonly ttlSeconds: number
  readonly conversations: readonly ConversationGrant[] | undefined
}

export interface Minted {
  readonly token: string
  /** Whether the policy of the API key accepts such a token. */
  readonly isAdmitted: boolean
}

/** Conversations that have members. A method resolves with undefined if there is no such conversation. */
export interface ConversationClient {
  list(filter: {
    readonly apiKey: string
    readonly search: string | undefined
    readonly limit: number
  }): Promise<{ readonly conversations: readonly ShownConversation[]; readonly total: number }>
  find(apiKey: string, name: string): Promise<ShownConversationWithMembers | undefined>
  close(apiKey: string, name: string): Promise<Reached | undefined>
  send(apiKey: string, name: string, text: string): Promise<Reached | undefined>
  mute(apiKey: string, name: string, stream: StreamToMute): Promise<Pick<Done, 'isWrittenDown'> | undefined>
}

/** The result of an operation on every member of a conversation. */
export interface Reached extends Pick<Done, 'isWrittenDown'> {
  readonly members: number
}

export interface StreamToMute {
  /** The session that publishes it. */
  readonly sessionId: string
  readonly streamId: string
  readonly audio: boolean
  readonly video: boolean
}

export interface WebhookClient {
  list(apiKey: string): Promise<readonly ShownEndpoint[]>
  find(apiKey: string, endpointId: string): Promise<ShownEndpoint>
  create(apiKey: string, options: EndpointOptions): Promise<ShownEndpoint & { readonly secret: string }>
  change(apiKey: string, endpointId: string, change: EndpointAlteration): Promise<ShownEndpoint>
  delete(apiKey: string, endpointId: string): Promise<void>
  rotateSecret(apiKey: string, endpointId: string): Promise<{ readonly secret: string; readonly previousUntil: number }>
  test(apiKey: string, endpointId: string): Promise<ShownDelivery>
  /** The latest first. */
  listDeliveries(apiKey: string, endpointId: string, filter: DeliveryFilter): Promise<readonly ShownDelivery[]>
  findDelivery(apiKey: string, endpointId: string, deliveryId: string): Promise<ShownDelivery>
  redeliver(apiKey: string, endpointId: string, deliveryId: string): Promise<ShownDelivery>
  /** Sends every delivery again that was given up and was created since then. Resolves with their number. */
  redeliverDead(apiKey: string, endpointId: string, since: number): Promise<number>
}

interface DeliveryFilter {
  readonly state: ShownDeliveryState | undefined
  readonly type: MessageType | undefined
  readonly limit: number
}

/** A webhook endpoint. Times are seconds since 1970. */
export interface ShownEndpoint {
  readonly endpointId: string
  readonly url: string
  /** Undefined for every type. */
  readonly types: readonly string[] | undefined
  readonly description: string
  readonly state: 'active' | 'disabled'
  /** Whether it is disabled because it answered 410. */
  readonly isGone: boolean
  readonly createdAt: number
}

/** A message to an endpoint, with its latest attempts, the earliest first. */
export interface ShownDelivery {
  readonly deliveryId: string
  readonly messageId: string
  readonly type: string
  readonly state: ShownDeliveryState
  readonly payload?: unknown
  readonly createdAt: number
  /** When it is sent next, while it is pending or retrying. */
  readonly dueAt: number | undefined
  readonly tries: number
  readonly attempts: readonly {
    readonly at: number
    readonly millis: number
    readonly status: number | undefined
    /** Why it failed. Undefined if it did not. */
    readonly reason: string | undefined
  }[]
}

export interface AuditClient {
  /** The latest first, or the earliest first. */
  list(filter: Omit<AuditFilter, 'beforeId' | 'afterId'>): Promise<readonly ShownAuditEntry[]>
}

export interface ShownAuditEntry {
  readonly auditId: number
  /** Seconds since 1970. */
  readonly at: number
  readonly actor: { readonly kind: string; readonly id: string | undefined; readonly name: string | undefined }
  readonly address: string | undefined
  readonly action: string
  readonly apiKey: string | undefined
  readonly subject: string | undefined
  readonly before?: unknown
  readonly after?: unknown
}
