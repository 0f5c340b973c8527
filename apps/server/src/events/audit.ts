/** What is written down of a change or a login. Nothing of it is ever changed or deleted. */
export interface AuditEntry {
  /** Seconds since 1970. */
  readonly at: number
  readonly actor: Actor
  /** Where from, where that is known. */
  readonly address: string | undefined
  /** What was done, such as `policy.changed`. */
  readonly action: string
  /** The API key that it concerns. */
  readonly apiKey: string | undefined
  /** What it was done to: a key id, an account id, a session id. */
  readonly subject: string | undefined
  /** What was before and what is now; never a secret. */
  readonly before: unknown
  readonly after: unknown
}

/**
 * Who did it: an account, with a token of its own or in a browser; the command line; an API key, by a secret of it; or the
 * platform by itself.
 */
export interface Actor {
  readonly kind: 'account' | 'token' | 'command_line' | 'client' | 'stranger' | 'platform'
  /** The account id; of a client, the API key. */
  readonly id: string | undefined
  /** The address that the account logs in with, as it was then; of a stranger, the one that was tried. */
  readonly name: string | undefined
}

export interface KeptAuditEntry extends AuditEntry {
  readonly auditId: number
}

export interface AuditTrail {
  appendAudit(entry: AuditEntry): Promise<void>
  /** The latest first, unless the earliest is asked for first: in the order in which it was written down. */
  listAudit(filter: AuditFilter): Promise<readonly KeptAuditEntry[]>
}

export interface AuditFilter {
  readonly apiKey?: string | undefined
  /** The whole of an action, or with a full stop at its end what it begins with, such as `session.`. */
  readonly action?: string | undefined
  /** The id or the name of who did it. */
  readonly actor?: string | undefined
  readonly subject?: string | undefined
  /** From then on, and before then, in seconds since 1970. */
  readonly since?: number | undefined
  readonly until?: number | undefined
  readonly earliestFirst?: boolean | undefined
  /** Only those before the one, and after the other. */
  readonly beforeId?: number | undefined
  readonly afterId?: number | undefined
  readonly limit: number
}
