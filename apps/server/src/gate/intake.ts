import type { RawData, WebSocket } from 'ws'

interface Frame {
  readonly data: RawData
  readonly isBinary: boolean
}

export interface Taker {
  /** Takes a frame. Answers what to wait for before the next one, if anything. */
  take(data: RawData, isBinary: boolean): Promise<void> | undefined
  /** Told of the fault where a frame could not be taken. */
  fail(error: unknown): void
}

/**
 * Hands the frames of a socket on, one after another. While one is waited for, nothing more is read from the socket, and
 * what had been read already queues.
 */
export class Intake {
  readonly #socket: Pick<WebSocket, 'pause' | 'resume'>
  readonly #taker: Taker
  /** Made when something must queue, which for most sockets is never. */
  #queue: Frame[] | undefined
  #isWaiting = false

  constructor(socket: Pick<WebSocket, 'pause' | 'resume'>, taker: Taker) {
    this.#socket = socket
    this.#taker = taker
  }

  push(data: RawData, isBinary: boolean): void {
    if (!this.#isWaiting) {
      this.#handOn(data, isBinary)
      return
    }
    this.#queue ??= []
    this.#queue.push({ data, isBinary })
  }

  #handOn(data: RawData, isBinary: boolean): void {
    try {
      const waiting = this.#taker.take(data, isBinary)
      if (waiting !== undefined) void this.#wait(waiting)
    } catch (error) {
      this.#taker.fail(error)
    }
  }

  async #wait(waiting: Promise<void>): Promise<void> {
    this.#isWaiting = true
    this.#socket.pause()
    await waiting.catch((error) => this.#taker.fail(error))
    this.#isWaiting = false
    this.#socket.resume()
    while (!this.#isWaiting) {
      const next = this.#queue?.shift()
      if (next === undefined) return
      this.#handOn(next.data, next.isBinary)
    }
  }
}
