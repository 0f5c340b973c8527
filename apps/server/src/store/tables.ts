import type { Algorithm } from '@stagedoor/access-token'
import type { Role } from '../account/role.ts'
import type { RevocationKind, Revoker } from '../api-key/revocation.ts'
import type { SigningKeyKind } from '../api-key/signing-key.ts'
import type { Actor } from '../events/audit.ts'
import type { DeliveryState, MessageType } from '../events/webhook/delivery.ts'
import type { EndpointState } from '../events/webhook/endpoint.ts'

/** The tables, as queries see them. Times are whole seconds since 1970; booleans are 0 and 1. */
export interface Tables {
  readonly api_key: ApiKeyRow
  readonly signing_key: SigningKeyRow
  readonly master_key: MasterKeyRow
  readonly revocation: RevocationRow
  readonly change: ChangeRow
  readonly account: AccountRow
  readonly login: LoginRow
  readonly personal_token: PersonalTokenRow
  readonly audit: AuditRow
  readonly answered_request: AnsweredRequestRow
  readonly used_token: UsedTokenRow
  readonly webhook_endpoint: EndpointRow
  readonly webhook_delivery: DeliveryRow
  readonly refusal: RefusalRow
  readonly discarded_refusals: DiscardedRefusalsRow
  readonly refusal_log: RefusalLogRow
  readonly registration_hour: RegistrationHourRow
  readonly refusal_hour: RefusalHourRow
}

export interface ApiKeyRow {
  readonly api_key: string
  readonly name: string
  readonly state: 'active' | 'disabled'
  /** JSON; missing settings have their defaults. */
  readonly policy: string
  readonly created_at: number
}

export interface SigningKeyRow {
  readonly api_key: string
  readonly key_id: string
  readonly kind: SigningKeyKind
  /** Empty for a key set. */
  readonly algorithm: Algorithm | ''
  readonly sealed: Uint8Array
  /** The version of the master key that encrypts it. */
  readonly master_key_version: number
  readonly created_at: number
  readonly retires_at: number | null
  readonly last_used_at: number | null
}

export interface RevocationRow {
  readonly api_key: string
  readonly kind: RevocationKind
  readonly subject: string
  readonly revoked_at: number
  readonly forget_at: number
  readonly revoked_by_kind: Revoker['kind'] | null
  readonly revoked_by_name: string | null
}

export interface UsedTokenRow {
  readonly api_key: string
  /** Percent-encoded: a `jti` can contain characters that a text in PostgreSQL cannot. */
  readonly token_id: string
  readonly forget_at: number
}

/** One row: the current version, and a known text under that master key, which reveals a wrong key. */
export interface MasterKeyRow {
  readonly id: number
  readonly proof: Uint8Array
  readonly version: number
}

/** One row: the number of changes of the store. */
export interface ChangeRow {
  readonly id: number
  readonly count: number
}

export interface AccountRow {
  readonly account_id: string
  readonly email: string
  readonly name: string
  readonly password_hash: string
  readonly role: Role | null
  /** JSON. */
  readonly grants: string
  readonly created_at: number
}

export interface LoginRow {
  readonly login_hash: string
  readonly account_id: string
  readonly created_at: number
  readonly expires_at: number
}

export interface PersonalTokenRow {
  readonly token_id: string
  readonly account_id: string
  readonly name: string
  readonly token_hash: string
  /** JSON. */
  readonly rights: string
  readonly api_key: string | null
  readonly created_at: number
  readonly expires_at: number
  readonly last_used_at: number | null
}

/** In the order of writing; never changed and never deleted. */
export interface AuditRow {
  readonly audit_id: number
  readonly at: number
  readonly actor_kind: Actor['kind']
  readonly actor_id: string | null
  readonly actor_name: string | null
  readonly address: string | null
  readonly action: string
  readonly api_key: string | null
  readonly subject: string | null
  /** JSON. */
  readonly before: string | null
  readonly after: string | null
}

export interface AnsweredRequestRow {
  readonly account_id: string
  readonly idempotency_key: string
  readonly fingerprint: string
  readonly sealed: Uint8Array
  readonly master_key_version: number
  readonly created_at: number
}

export interface EndpointRow {
  readonly endpoint_id: string
  readonly api_key: string
  readonly url: string
  /** JSON; null for all. */
  readonly types: string | null
  readonly description: string
  readonly state: EndpointState
  readonly is_gone: number
  readonly sealed: Uint8Array
  readonly master_key_version: number
  readonly created_at: number
}

export interface DeliveryRow {
  readonly delivery_id: string
  readonly endpoint_id: string
  readonly message_id: string
  readonly type: MessageType
  readonly ordering_key: string
  /** JSON, as it is sent. */
  readonly payload: string
  readonly created_at: number
  readonly state: DeliveryState
  /** JSON. */
  readonly attempts: string
  readonly tries: number
  readonly began_at: number
  /** Milliseconds since 1970. */
  readonly due_at_ms: number
  readonly leased_until_ms: number
}

export interface RefusalRow {
  /** Of the first. */
  readonly refusal_id: string
  readonly latest_refusal_id: string
  readonly api_key: string
  readonly is_proven: number
  readonly user_id: string
  /** What the list is sorted and searched by. */
  readonly user_id_lower: string
  readonly code: string
  readonly origin: string | null
  /** Milliseconds since 1970. */
  readonly first_at_ms: number
  readonly last_at_ms: number
  readonly count: number
  /** JSON, whole. */
  readonly record: string
}

/** How many were dropped by a limit, per API key. */
export interface DiscardedRefusalsRow {
  readonly api_key: string
  readonly count: number
  /** Milliseconds since 1970. */
  readonly first_at_ms: number
  readonly last_at_ms: number
}

/** One row: since when refusals are kept, except for those dropped by a limit. */
export interface RefusalLogRow {
  readonly id: number
  /** Milliseconds since 1970. */
  readonly kept_since_ms: number
}

/** The counts of one hour, for an API key or (if it is empty) for all. */
export interface RegistrationHourRow {
  readonly api_key: string
  readonly hour: number
  readonly admitted: number
  readonly peak_sessions: number
}

export interface RefusalHourRow {
  readonly api_key: string
  readonly hour: number
  readonly code: string
  readonly count: number
}
