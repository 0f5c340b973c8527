/** A mark that a single-use token has opened a session. */
export interface UsedToken {
  readonly apiKey: string
  /** Its `jti`. */
  readonly tokenId: string
  /** When the token can no longer be valid, in seconds since 1970. */
  readonly forgetAt: number
}

/** Stores the marks. They do not count as changes: a platform reads them at startup, and learns of another platform's mark when it tries to set the same one. */
export interface UsedTokenStore {
  /**
   * Adds marks, all or none; existing ones stay as they are. Marks of deleted API keys are omitted.
   *
   * @returns the added marks: if several platforms mark the same token at once, one adds it.
   */
  addUsedTokens(marks: readonly UsedToken[]): Promise<readonly UsedToken[]>
  /** The marks that have not expired. */
  listUsedTokens(now: number): Promise<readonly UsedToken[]>
  /** Deletes the marks that have expired. */
  forgetUsedTokens(now: number): Promise<void>
}
