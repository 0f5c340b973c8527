import { GATE_PATH, type ServerMessage, SUBPROTOCOL } from '@stagedoor/protocol'
import { WebSocket } from 'ws'

/** A bare client of the gate, for what a well-behaved one would never send. */
export interface Knocker {
  readonly socket: WebSocket
  readonly closed: Promise<number>
  send(frame: unknown): void
  next(): Promise<ServerMessage>
}

export async function knock(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Knocker> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}${GATE_PATH}`, SUBPROTOCOL, { headers })
  const messages: ServerMessage[] = []
  let wake = (): void => {}
  socket.on('message', (data) => {
    messages.push(JSON.parse(String(data)))
    wake()
  })
  const closed = new Promise<number>((close) => {
    socket.on('close', (code) => {
      close(code)
      wake()
    })
  })
  await new Promise<void>((open, fail) => socket.once('open', open).on('error', fail))
  return {
    socket,
    closed,
    send: (frame) =>
      socket.send(typeof frame === 'object' && !Buffer.isBuffer(frame) ? JSON.stringify(frame) : (frame as string)),
    async next() {
      for (;;) {
        const message = messages.shift()
        if (message !== undefined) return message
        if (socket.readyState >= WebSocket.CLOSING) throw new Error('The socket is closed')
        await new Promise<void>((again) => {
          wake = again
        })
      }
    },
  }
}

/** Opens a session, and answers what the gate says. */
export async function register(url: string, apiKey: string, id: string, token: string | undefined) {
  const knocker = await knock(url)
  knocker.send({ type: 'register', ref: 1, apiKey, id, token })
  return { knocker, answer: await knocker.next() }
}
