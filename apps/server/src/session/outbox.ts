/** The most messages that are kept until it is known that they have arrived, while the client is connected. */
export const MAX_UNCONFIRMED = 1_024
/** The same, in characters. */
export const MAX_UNCONFIRMED_LENGTH = 128 * 1024
/** How much is kept for a client whose connection is lost, in characters. With more it cannot resume. */
export const MAX_MISSED_LENGTH = 1024 * 1024

/**
 * What was sent to the client of a session and may not have arrived: a connection can be dead for a while before either side
 * notices. Messages are counted from 1 on both sides, so the client can say which it has received (compare XEP-0198).
 */
export class Outbox {
  /** The newest of those that were sent. */
  #texts: string[] | undefined
  #length = 0
  #sent = 0
  /** How much was sent since the connection was lost; nothing while there is one. */
  #missedLength: number | undefined

  /** How many messages were sent. */
  get sent(): number {
    return this.#sent
  }

  push(text: string): void {
    this.#sent++
    this.#texts ??= []
    this.#texts.push(text)
    this.#length += text.length
    if (this.#missedLength !== undefined) this.#missedLength += text.length
    else while (this.#length > MAX_UNCONFIRMED_LENGTH || this.#texts.length > MAX_UNCONFIRMED) this.#dropOldest()
  }

  /** The connection is lost: from now on everything is kept. */
  lose(): void {
    this.#missedLength = 0
  }

  /** Whether more was missed than is kept. */
  get isFull(): boolean {
    return (this.#missedLength ?? 0) > MAX_MISSED_LENGTH
  }

  /** That many of those that were sent have arrived. */
  confirm(received: number): void {
    const kept = Math.max(0, this.#sent - received)
    while ((this.#texts?.length ?? 0) > kept) this.#dropOldest()
    if (kept === 0) this.#texts = undefined
  }

  /**
   * The client is back and has received that many. Returns what it has not received, or undefined if some of that is not kept any
   * more.
   */
  resume(received: number): readonly string[] | undefined {
    const missed = this.#sent - received
    if (missed < 0 || missed > (this.#texts?.length ?? 0)) return undefined
    this.confirm(received)
    this.#missedLength = undefined
    return [...(this.#texts ?? [])]
  }

  #dropOldest(): void {
    this.#length -= this.#texts?.shift()?.length ?? 0
  }
}
