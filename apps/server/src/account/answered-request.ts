/** A request that made something, so that it is not made twice when the request is repeated. */
export interface AnsweredRequest {
  readonly accountId: string
  /** What the caller calls the request (`Idempotency-Key`). */
  readonly idempotencyKey: string
  /** The digest of the method and the address; that of the body is a part of {@link sealed}. */
  readonly fingerprint: string
  /** The answer with the digest of the body, encrypted: both may hold a secret. */
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
