import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

const MAX_USER_AGENT_LENGTH = 256

/** Where a knock comes from. The address is asked for when it is needed, which for most knocks is never. */
export class Visitor {
  readonly #socket: Socket
  /** The origin of the page, where a browser said it. */
  readonly origin: string | undefined
  readonly #userAgent: string | undefined

  constructor({ socket, headers }: IncomingMessage) {
    this.#socket = socket
    this.origin = headers.origin
    this.#userAgent = headers['user-agent']
  }

  describe(): { address: string | undefined; origin: string | undefined; userAgent: string | undefined } {
    return {
      address: this.#socket.remoteAddress,
      origin: this.origin,
      userAgent: this.#userAgent?.slice(0, MAX_USER_AGENT_LENGTH),
    }
  }
}
