import { finished, Readable, type Writable } from 'node:stream'
import { ProblemError } from '../http/problem-error.ts'

/** The most streams that one account can have open, over all its browsers and programs. */
export const MAX_STREAMS_PER_ACCOUNT = 20
/** The most unsent bytes for a slow reader; beyond it, the reader is cut off. */
export const MAX_UNSENT_BYTES = 1024 * 1024

/** The connection to one reader. */
export interface LiveStream {
  readonly readable: Readable
  /** Sends a text, or cuts the reader off if too much is unsent. */
  send(text: string | Buffer): void
  end(): void
}

/** The open streams, with a limit per account. */
export class LiveStreams {
  readonly #open = new Map<string, Set<LiveStream>>()

  /**
   * @param answer the response that carries the stream: when it ends, so does the stream.
   * @param onGone called when the stream has ended, on either side.
   * @throws {ProblemError} if the account has too many.
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
      // Otherwise, shutdown would wait for slow readers.
      if (readable.readableLength > 0) readable.destroy()
      else readable.push(null)
    },
  }
}
