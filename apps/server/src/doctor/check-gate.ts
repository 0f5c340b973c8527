import { setTimeout as sleep } from 'node:timers/promises'
import { GATE_PATH, joinUrl, type ServerMessage, SUBPROTOCOL } from '@stagedoor/protocol'
import { WebSocket } from 'ws'
import { commandLine } from '../command-line.ts'
import { REFUSAL_PAGES } from '../public-url.ts'
import { checkMedia } from './check-media.ts'
import { addressOf, advice, type Finding, ok, problem, reasonOf, type Target } from './finding.ts'

/** The registration request to send. */
export interface Attempt {
  readonly apiKey: string
  readonly userId: string
  /** Without a token, only the answer of the gate is checked. */
  readonly token: string | undefined
  /** The origin to register from. */
  readonly origin: string | undefined
  /** How long to stay connected without sending, in seconds, to test the idle timeouts of proxies. */
  readonly idleSeconds: number
}

const GOING_AWAY = 1_000

/** Checks whether a WebSocket can connect, and how the gate answers a registration. */
export async function checkGate(target: Target, attempt: Attempt): Promise<readonly Finding[]> {
  const socket = open(target, attempt)
  try {
    const first = await firstAnswer(socket, target, () => {
      const { apiKey, userId: id, token } = attempt
      socket.send(JSON.stringify({ type: 'register', ref: 1, apiKey, id, ...(token !== undefined && { token }) }))
    })
    const findings = [ok('gate', 'A WebSocket can connect.'), ...describeAnswer(first, target, attempt)]
    if (first.type !== 'registered') return findings
    return [...findings, ...(await checkMedia(target, first.iceServers)), ...(await checkIdle(socket, attempt))]
  } catch (error) {
    return [cannotConnect(target, error)]
  } finally {
    socket.close(GOING_AWAY)
  }
}

function open({ url, timeoutMs }: Target, { origin }: Attempt): WebSocket {
  const address = new URL(joinUrl(url.href, GATE_PATH))
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return new WebSocket(address, SUBPROTOCOL, { handshakeTimeout: timeoutMs, ...(origin !== undefined && { origin }) })
}

/** Sends a message when the socket is open, and returns the first answer. */
function firstAnswer(socket: WebSocket, { timeoutMs }: Target, send: () => void): Promise<ServerMessage> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no answer in time')), timeoutMs)
    const settle = <T>(done: (value: T) => void, value: T) => {
      clearTimeout(late)
      done(value)
    }
    socket.once('open', send)
    socket.once('message', (data) => {
      try {
        settle(resolve, JSON.parse(String(data)) as ServerMessage)
      } catch (error) {
        settle(reject, error)
      }
    })
    socket.on('error', (error) => settle(reject, error))
    socket.once('close', (code) => settle(reject, new Error(`closed with ${code}`)))
  })
}

function cannotConnect({ url }: Target, error: unknown): Finding {
  const reason = reasonOf(error)
  const [, status] = /Unexpected server response: (\d+)/.exec(reason) ?? []
  if (status === undefined) {
    return problem(
      'gate',
      `No WebSocket can connect to ${addressOf(url)} (${reason}).`,
      'Check the proxy and firewalls in between.',
    )
  }
  return problem(
    'gate',
    `The WebSocket upgrade was answered with ${status}.`,
    'Configure the proxy to pass "Upgrade" and "Connection" on, with HTTP/1.1 (docs/running.md has the lines for nginx).',
  )
}

function describeAnswer(answer: ServerMessage, target: Target, { token, origin }: Attempt): readonly Finding[] {
  if (answer.type === 'registered') {
    if (token !== undefined)
      return [ok('token', 'A token signed with this secret was accepted, and a session was opened.')]
    const fix = commandLine('policy set <api key> --require-token')
    return [problem('policy', 'Anyone who knows the API key can register without a token.', fix)]
  }
  if (answer.type !== 'refused')
    return [
      problem(
        'gate',
        `The gate sent an unexpected message (${answer.type}).`,
        'Use the doctor of the same Stagedoor version as the platform.',
      ),
    ]
  return [...checkRefusal(answer, token !== undefined, origin), ...checkAddress(answer.docs, target)]
}

type Refused = Extract<ServerMessage, { type: 'refused' }>

function checkRefusal(
  { code, message, refusalId }: Refused,
  hasToken: boolean,
  origin: string | undefined,
): readonly Finding[] {
  if (!hasToken) return [ok('policy', `Registrations without a token are refused (${code}).`)]
  const fix =
    code === 'origin_refused' && origin === undefined
      ? 'The policy lists origins. Name one of them with --origin.'
      : `To see every check: ${commandLine(`refusal show ${refusalId}`)}`
  return [problem('token', `A token signed with this secret was refused (${code}): ${message}`, fix)]
}

/** Links in refusals start with the public address that the platform is configured with. */
function checkAddress(docs: string, { url }: Target): readonly Finding[] {
  const address = addressOf(url)
  if (!URL.canParse(docs)) return []
  const [own] = new URL(docs).href.split(`${REFUSAL_PAGES}/`, 1)
  if (own === address) return []
  return [
    advice(
      'public_address',
      `The platform is configured with the address ${own}, but is reached at ${address}.`,
      `Start it with --public-url ${address}. Links in refusals and the cookie of the dashboard depend on it.`,
    ),
  ]
}

async function checkIdle(socket: WebSocket, { idleSeconds }: Attempt): Promise<readonly Finding[]> {
  if (idleSeconds === 0) return []
  const began = performance.now()
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  const code = await Promise.race([closed, sleep(idleSeconds * 1_000).then(() => undefined)])
  const after = Math.round((performance.now() - began) / 1_000)
  if (code === undefined) return [ok('idle', `The connection stayed open while idle for ${idleSeconds} s.`)]
  return [
    problem(
      'idle',
      `The connection was closed after ${after} s without traffic (${code}).`,
      'Raise the idle timeout of the proxy (proxy_read_timeout in nginx) above 60 s.',
    ),
  ]
}
