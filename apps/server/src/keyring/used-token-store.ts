/** A mark that a token for a single use has opened a session. */
export interface UsedToken {
  readonly apiKey: string
  /** Its `jti`. */
  readonly tokenId: string
  /** Seconds since 1970, from when on the token cannot be taken for good any more. */
  readonly forgetAt: number
}

/** Where the marks are kept. They are not counted as changes: a platform reads them at its start, and finds out that another has set one when it sets it too. */
export interface UsedTokenStore {
  /**
   * Adds marks, all or none; one that is there stays as it is. Those of an API key that is gone are left out.
   *
   * @returns those that were added: of platforms that mark the same token at once, one adds it.
   */
  addUsedTokens(marks: readonly UsedToken[]): Promise<readonly UsedToken[]>
  /** The marks that are not to be forgotten yet. */
  listUsedTokens(now: number): Promise<readonly UsedToken[]>
  /** Deletes those that are. */
  forgetUsedTokens(now: number): Promise<void>
}
