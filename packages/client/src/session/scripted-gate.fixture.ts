import type { AddressInfo } from 'node:net'
import { GATE_PATH } from '@stagedoor/protocol'
import { type WebSocket, WebSocketServer } from 'ws'

export const SERVER_TIME = 1_763_996_400

export type Message = { readonly type: string; readonly ref: number; readonly [name: string]: unknown }
export type Answer = (message: Message, socket: WebSocket) => object | undefined

/** A gate on this machine, which answers as the test says, and otherwise admits everybody. */
export class ScriptedGate {
  readonly received: Message[] = []
  readonly sockets: WebSocket[] = []
  readonly addresses: (string | undefined)[] = []
  answer: Answer = () => undefined
  cloudUrl = ''
  readonly #server = new WebSocketServer({ host: '127.0.0.1', port: 0, path: GATE_PATH })
  #sessions = 0
  /** How many frames of the session of the moment have come; `register` and `resume` are not counted. */
  #framesOfSession = 0

  constructor() {
    this.#server.on('connection', (socket, request) => {
      this.sockets.push(socket)
      this.addresses.push(request.url)
      socket.on('message', (data) => {
        const message = JSON.parse(data.toString()) as Message
        this.received.push(message)
        if (message.type === 'register') this.#framesOfSession = 0
        else if (message.type !== 'resume') this.#framesOfSession++
        const answer = this.answer(message, socket) ?? this.#answerKindly(message)
        const counted = 'type' in answer && answer.type === 'resumed' ? { received: this.#framesOfSession } : {}
        if ('type' in answer) socket.send(JSON.stringify({ ref: message.ref, ...counted, ...answer }))
      })
    })
  }

  async open(): Promise<void> {
    await new Promise((resolve) => this.#server.once('listening', resolve))
    this.cloudUrl = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  get protocol(): string | undefined {
    return this.sockets[0]?.protocol
  }

  of(type: string): Message[] {
    return this.received.filter((message) => message.type === type)
  }

  tell(event: object): void {
    this.sockets.at(-1)?.send(JSON.stringify(event))
  }

  close(): void {
    for (const socket of this.sockets) socket.terminate()
    this.#server.close()
  }

  #answerKindly({ type, conversation }: Message): object {
    if (type === 'register') return registered(`session ${++this.#sessions}`)
    if (type === 'resume') return refused('resume_refused')
    if (type === 'renew')
      return { type: 'renewed', expiresAt: SERVER_TIME + 600, serverTime: SERVER_TIME, iceServers: [] }
    if (type === 'join') return { type: 'joined', conversation, permissions: PERMISSIONS, contacts: [], streams: [] }
    return { type: 'done' }
  }
}

export const PERMISSIONS = { role: 'contributor', publish: ['data'], subscribe: true }

export const registered = (sessionId: string, lifeSeconds = 600) => ({
  type: 'registered',
  sessionId,
  id: 'alice',
  expiresAt: SERVER_TIME + lifeSeconds,
  serverTime: SERVER_TIME,
  iceServers: [],
  resume: `ticket of ${sessionId}`,
})

export const refused = (code: string) => ({
  type: 'refused',
  code,
  message: 'In words.',
  refusalId: 'rf_1',
  serverTime: SERVER_TIME,
  docs: `https://docs.example.com/${code}`,
})
