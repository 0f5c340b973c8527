/** A request that made something, so that it is not made twice when the request is repeated. */
export interface AnsweredRequest {
  readonly accountId: string
  /** What the caller calls the request (`Idempotency-Key`). */
  readonly idempotencyKey: string
  /** The digest of what was asked. */
  readonly fingerprint: string
  /** The answer, encrypted: it may hold a secret. */
  readonly sealed: Uint8Array
  readonly masterKeyVersion: number
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** How long an answer is kept, in seconds: a day. */
export const KEEP_ANSWERS_SECONDS = 86_400

export interface AnsweredRequestStore {
  findAnswer(accountId: string, idempotencyKey: string): Promise<AnsweredRequest | undefined>
  keepAnswer(answer: AnsweredRequest): Promise<void>
  /** Deletes what was answered before then. */
  forgetAnswers(before: number): Promise<void>
}
