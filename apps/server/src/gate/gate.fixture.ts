import { createServer } from 'node:http'
import { Writable } from 'node:stream'
import { AccessToken, createTokenVerifier } from '@stagedoor/access-token'
import { GATE_PATH, type ServerMessage, SUBPROTOCOL } from '@stagedoor/protocol'
import { onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { Revocations } from '../api-key/revocation.ts'
import { systemClock } from '../clock.ts'
import { Conversations } from '../conversation/conversations.ts'
import { leaveAll } from '../conversation/leave.ts'
import { KeyUses } from '../keyring/key-uses.ts'
import type { Keyring } from '../keyring/keyring.ts'
import { createIceServers, NO_MEDIA_SERVERS } from '../media/ice-servers.ts'
import { createLog } from '../observe/log.ts'
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts'
import { Registrar } from '../registration/registrar.ts'
import { UsedTokens } from '../registration/used-tokens.ts'
import { Sessions } from '../session/sessions.ts'
import { openGate } from './gate.ts'
import type { GateContext } from './gate-context.ts'

export const API_KEY = 'shop'
const SECRET = 'the secret of a test, not of anybody else'

export function mint(options: ConstructorParameters<typeof AccessToken>[2] = {}, secret = SECRET): string {
  return new AccessToken(API_KEY, secret, { apiRTC_UserAgent_Id: 'alice', ...options }).toJwt()
}

/** A gate on a port of its own, with one API key, and with its log kept. */
export async function openTestGate(
  changes: Partial<GateContext> = {},
  fetchKeysFor: Keyring['fetchKeysFor'] = () => undefined,
  policy: Partial<Policy> = {},
  used = new UsedTokens(),
) {
  const lines: string[] = []
  const kept = new Writable({ write: (chunk, _encoding, done) => done(void lines.push(String(chunk))) })
  const verify = createTokenVerifier({ apiKey: API_KEY, keys: [{ algorithm: 'HS256', secret: SECRET }] })
  const known = {
    apiKey: API_KEY,
    name: 'Shop',
    state: 'active' as const,
    policy: { ...DEFAULT_POLICY, ...policy },
    createdAt: 0,
    verify,
    revocations: new Revocations([]),
    keysAreMissing: false,
  }
  const keyring = {
    find: (apiKey: string) => (apiKey === API_KEY ? known : undefined),
    isDisabled: () => false,
    fetchKeysFor,
    uses: new KeyUses(),
  }
  const conversations = new Conversations()
  const sessions = new Sessions(systemClock, (session) => leaveAll(conversations, session))
  const context: GateContext = {
    registrar: new Registrar(keyring, sessions, systemClock, used),
    recordRefusal: () => {},
    sessions,
    conversations,
    closeAndRevoke: async (session, { reason }) => {
      session.close(reason)
      return 'banned'
    },
    iceServers: createIceServers(NO_MEDIA_SERVERS, systemClock),
    clock: systemClock,
    connectionFailed: () => {},
    stopwatch: { now: () => 0, verified: () => {}, admitted: () => {} },
    log: createLog({ level: 'debug', pretty: false }, kept),
    precise: false,
    trustedProxies: [],
    basePath: '',
    pageOf: (code) => `http://docs.example/refusals/${code}`,
    ...changes,
  }
  const server = createServer((_request, response) => response.end())
  const gate = openGate(server, context)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    gate.close()
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as { port: number }
  return {
    gate,
    context,
    lines,
    port,
    request: (path = GATE_PATH, subprotocol = SUBPROTOCOL, headers = {}) =>
      new RawClient(port, path, subprotocol, headers),
  }
}

/** A WebSocket that keeps what comes, and hands it out in order. */
export class RawClient {
  readonly socket: WebSocket
  readonly closed: Promise<{ code: number; reason: string }>
  /** How many messages have come since it was registered. */
  received = 0
  readonly #messages: ServerMessage[] = []
  #wake: () => void = () => {}

  constructor(port: number, path: string, subprotocol: string, headers: Readonly<Record<string, string>>) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, subprotocol, { headers })
    this.socket.on('message', (data) => {
      const message = JSON.parse(String(data)) as ServerMessage
      if (message.type !== 'registered' && message.type !== 'resumed') this.received++
      this.#messages.push(message)
      this.#wake()
    })
    this.closed = new Promise((close) => {
      this.socket.on('close', (code, reason) => close({ code, reason: String(reason) }))
    })
    this.socket.on('error', () => {})
  }

  async send(frame: unknown): Promise<void> {
    if (this.socket.readyState === WebSocket.CONNECTING) await new Promise((open) => this.socket.once('open', open))
    this.socket.send(typeof frame === 'string' || frame instanceof Buffer ? frame : JSON.stringify(frame))
  }

  async next(): Promise<ServerMessage> {
    for (;;) {
      const message = this.#messages.shift()
      if (message !== undefined) return message
      await new Promise<void>((wake) => {
        this.#wake = wake
      })
    }
  }

  /** Registers, and answers what the gate says. */
  async register(token: string | undefined, id = 'alice', rest: object = {}): Promise<ServerMessage> {
    await this.send({ type: 'register', ref: 1, apiKey: API_KEY, id, token, ...rest })
    return this.next()
  }
}
