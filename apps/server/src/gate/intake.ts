import type { RawData, WebSocket } from 'ws'

interface Frame {
  readonly data: RawData
  readonly isBinary: boolean
}

/** Takes a frame. Answers what to wait for before the next one, if anything. */
export type TakeFrame = (data: RawData, isBinary: boolean) => Promise<void> | undefined

/**
 * Hands the frames of a socket on, one after another. While one is waited for, nothing more is read from the socket, and
 * what had been read already queues.
 */
export class Intake {
  readonly #socket: Pick<WebSocket, 'pause' | 'resume'>
  readonly #take: TakeFrame
  readonly #onFault: (error: unknown) => void
  readonly #queue: Frame[] = []
  #isWaiting = false

  constructor(socket: Pick<WebSocket, 'pause' | 'resume'>, take: TakeFrame, onFault: (error: unknown) => void) {
    this.#socket = socket
    this.#take = take
    this.#onFault = onFault
  }

  push(data: RawData, isBinary: boolean): void {
    if (this.#isWaiting) this.#queue.push({ data, isBinary })
    else this.#handOn(data, isBinary)
  }

  #handOn(data: RawData, isBinary: boolean): void {
    try {
      const waiting = this.#take(data, isBinary)
      if (waiting !== undefined) void this.#wait(waiting)
    } catch (error) {
      this.#onFault(error)
    }
  }

  async #wait(waiting: Promise<void>): Promise<void> {
    this.#isWaiting = true
    this.#socket.pause()
    await waiting.catch(this.#onFault)
    this.#isWaiting = false
    this.#socket.resume()
    while (this.#queue.length > 0 && !this.#isWaiting) {
      const { data, isBinary } = this.#queue.shift() as Frame
      this.#handOn(data, isBinary)
    }
  }
}
