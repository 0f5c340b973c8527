/** A request that created something, kept so that a repeated request does not create it twice. */
export interface AnsweredRequest {
  readonly accountId: string
  /** The caller's name for the request (`Idempotency-Key`). */
  readonly idempotencyKey: string
  /** The digest of the method and the path; the digest of the body is part of {@link sealed}. */
  readonly fingerprint: string
  /** The response with the digest of the body, encrypted: both may contain a secret. */
  readonly sealed: Uint8Array
  readonly masterKeyVersion: number
  /** Seconds since 1970. */
  readonly createdAt: number
}

/** How long a response is kept, in seconds: a day. */
export const KEEP_ANSWERS_SECONDS = 86_400

export interface AnsweredRequestStore {
  findAnswer(accountId: string, idempotencyKey: string): Promise<AnsweredRequest | undefined>
  keepAnswer(answer: AnsweredRequest): Promise<void>
  /** Deletes responses from before that time. */
  forgetAnswers(before: number): Promise<void>
}
