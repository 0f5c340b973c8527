export const ACTOR_KINDS = ['account', 'token', 'command_line', 'client', 'stranger', 'platform'] as const

/** An entry about a change or a login. Entries are never changed or deleted. */
export interface AuditEntry {
  /** Seconds since 1970. */
  readonly at: number
  readonly actor: Actor
  /** The address of the actor, if known. */
  readonly address: string | undefined
  /** The action, such as `policy.changed`. */
  readonly action: string
  /** The API key that it concerns. */
  readonly apiKey: string | undefined
  /** The target: a key id, an account id, a session id. */
  readonly subject: string | undefined
  /** The values before and after; never a secret. */
  readonly before: unknown
  readonly after: unknown
}

/**
 * The actor: an account, with a personal access token or in a browser; the command line; an API key, by one of its secrets; or the platform
 * itself.
 */
export interface Actor {
  readonly kind: (typeof ACTOR_KINDS)[number]
  /** The account id; for a client, the API key. */
  readonly id: string | undefined
  /** The account's email address at the time; for an unknown one, the address that was tried. */
  readonly name: string | undefined
}

export interface KeptAuditEntry extends AuditEntry {
  readonly auditId: number
}

export interface AuditTrail {
  appendAudit(entry: AuditEntry): Promise<void>
  /** In the order of writing, the latest first by default. */
  listAudit(filter: AuditFilter): Promise<readonly KeptAuditEntry[]>
}

export interface AuditFilter {
  readonly apiKey?: string | undefined
  /** An action or, with a trailing full stop, the beginning of actions, such as `session.`. */
  readonly action?: string | undefined
  /** The id or the name of the actor. */
  readonly actor?: string | undefined
  readonly subject?: string | undefined
  /** From the first and before the second, in seconds since 1970. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  readonly earliestFirst?: boolean | undefined
  /** Only those before the first, and after the second. */
  readonly beforeId?: number | undefined
  readonly afterId?: number | undefined
  readonly limit: number
}
