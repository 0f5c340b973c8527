import type { RawData, WebSocket } from 'ws'

/** After how many frames of one socket the others have their turn: what arrives together may be thousands. */
export const FRAMES_PER_TURN = 32

interface Frame {
  readonly data: RawData
  readonly isBinary: boolean
}

export interface FrameHandler {
  /** Takes a frame. Answers what to wait for before the next one, if anything. */
  take(data: RawData, isBinary: boolean): Promise<void> | undefined
  /** Called with the fault where a frame could not be taken. */
  fail(error: unknown): void
}

/**
 * Hands the frames of a socket on, one after another and so many a turn. While one is waited for, or others have their turn, nothing
 * more is read from the socket, and what had been read already queues.
 */
export class FrameQueue {
  readonly #socket: Pick<WebSocket, 'pause' | 'resume'>
  readonly #handler: FrameHandler
  /** Made when something must queue, which for most sockets is never. */
  #queue: Frame[] | undefined
  /** Whether it waits for a frame that was handed on, or for its turn. */
  #isWaiting = false
  /** How many were taken since its last turn began. */
  #taken = 0

  constructor(socket: Pick<WebSocket, 'pause' | 'resume'>, handler: FrameHandler) {
    this.#socket = socket
    this.#handler = handler
  }

  push(data: RawData, isBinary: boolean): void {
    if (!this.#isWaiting && this.#taken < FRAMES_PER_TURN) {
      this.#handOn(data, isBinary)
      return
    }
    this.#queue ??= []
    this.#queue.push({ data, isBinary })
    if (!this.#isWaiting) this.#waitForTurn()
  }

  #handOn(data: RawData, isBinary: boolean): void {
    this.#taken++
    try {
      const waiting = this.#handler.take(data, isBinary)
      if (waiting !== undefined) void this.#wait(waiting)
    } catch (error) {
      this.#handler.fail(error)
    }
  }

  async #wait(waiting: Promise<void>): Promise<void> {
    this.#isWaiting = true
    this.#socket.pause()
    await waiting.catch((error) => this.#handler.fail(error))
    this.#goOn()
  }

  #waitForTurn(): void {
    this.#isWaiting = true
    this.#socket.pause()
    setImmediate(() => {
      this.#taken = 0
      this.#goOn()
    })
  }

  #goOn(): void {
    this.#isWaiting = false
    while (!this.#isWaiting) {
      const next = this.#queue?.[0]
      if (next === undefined) {
        this.#socket.resume()
        return
      }
      if (this.#taken === FRAMES_PER_TURN) {
        this.#waitForTurn()
        return
      }
      this.#queue?.shift()
      this.#handOn(next.data, next.isBinary)
    }
  }
}
