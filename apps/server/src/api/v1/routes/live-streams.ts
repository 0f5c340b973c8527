import { finished, Readable, type Writable } from 'node:stream'
import { ProblemError } from '../http/problem-error.ts'

/** The most streams that one account has open at a time, over all its browsers and programs. */
export const MAX_STREAMS_PER_ACCOUNT = 20
/** How much may wait to be sent to a reader that reads slowly, in bytes; with more it is cut off. */
export const MAX_UNSENT_BYTES = 1024 * 1024

/** The way to one reader. */
export interface LiveStream {
  readonly readable: Readable
  /** Sends a text, or cuts the reader off where too much waits for it already. */
  send(text: string | Buffer): void
  end(): void
}

/** The streams that are open, so many for each account at the most. */
export class LiveStreams {
  readonly #open = new Map<string, Set<LiveStream>>()

  /**
   * @param answer what it is sent with: whichever way that ends, the stream does.
   * @param onGone called when the stream has ended, from whichever side.
   * @throws {ProblemError} where the account has too many.
   */
  open(accountId: string, answer: Writable, onGone: () => void): LiveStream {
    const siblings = this.#open.get(accountId) ?? new Set()
    if (siblings.size >= MAX_STREAMS_PER_ACCOUNT) {
      const detail = `Your account has ${MAX_STREAMS_PER_ACCOUNT} streams open. Close one first.`
      throw new ProblemError(429, 'too_many_streams', detail, { 'retry-after': '15' })
    }
    const stream = openStream()
    this.#open.set(accountId, siblings.add(stream))
    stream.readable.once('close', () => {
      siblings.delete(stream)
      if (siblings.size === 0 && this.#open.get(accountId) === siblings) this.#open.delete(accountId)
      onGone()
    })
    finished(answer, () => stream.readable.destroy())
    return stream
  }

  /** Ends every one. */
  close(): void {
    for (const streams of this.#open.values()) for (const stream of streams) stream.end()
  }
}

function openStream(): LiveStream {
  const readable = new Readable({ read() {} })
  return {
    readable,
    send(text) {
      if (readable.destroyed || readable.readableEnded) return
      if (readable.readableLength > MAX_UNSENT_BYTES) readable.destroy()
      else readable.push(text)
    },
    end() {
      // One that reads slowly would be waited for.
      if (readable.readableLength > 0) readable.destroy()
      else readable.push(null)
    },
  }
}
