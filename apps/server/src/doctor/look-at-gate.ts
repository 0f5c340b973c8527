import { setTimeout as sleep } from 'node:timers/promises'
import { GATE_PATH, joinUrl, type ServerMessage, SUBPROTOCOL } from '@stagedoor/protocol'
import { WebSocket } from 'ws'
import { commandLine } from '../command-line.ts'
import { REFUSAL_PAGES } from '../public-url.ts'
import { addressOf, advice, type Finding, ill, type Patient, reasonOf, well } from './finding.ts'
import { lookAtMedia } from './look-at-media.ts'

/** The registration request to send. */
export interface Visit {
  readonly apiKey: string
  readonly userId: string
  /** Without it, only the gate's answer is checked. */
  readonly token: string | undefined
  /** The page that it is to seem to come from. */
  readonly origin: string | undefined
  /** How long to stay on without a word, in seconds, to see whether something in between hangs up. */
  readonly idleSeconds: number
}

const GOING_AWAY = 1_000

/** Whether a WebSocket gets through, and how the gate answers a registration. */
export async function lookAtGate(patient: Patient, visit: Visit): Promise<readonly Finding[]> {
  const socket = open(patient, visit)
  try {
    const first = await heard(socket, patient, () => {
      const { apiKey, userId: id, token } = visit
      socket.send(JSON.stringify({ type: 'register', ref: 1, apiKey, id, ...(token !== undefined && { token }) }))
    })
    const findings = [well('gate', 'A WebSocket gets through to the gate.'), ...judge(first, patient, visit)]
    if (first.type !== 'registered') return findings
    return [...findings, ...(await lookAtMedia(patient, first.iceServers)), ...(await stay(socket, visit))]
  } catch (error) {
    return [shut(patient, error)]
  } finally {
    socket.close(GOING_AWAY)
  }
}

function open({ url, patienceMs }: Patient, { origin }: Visit): WebSocket {
  const address = new URL(joinUrl(url.href, GATE_PATH))
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:'
  return new WebSocket(address, SUBPROTOCOL, { handshakeTimeout: patienceMs, ...(origin !== undefined && { origin }) })
}

/** The first that the gate says once it has been spoken to. */
function heard(socket: WebSocket, { patienceMs }: Patient, speak: () => void): Promise<ServerMessage> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error('no answer in time')), patienceMs)
    const settle = <T>(done: (value: T) => void, value: T) => {
      clearTimeout(late)
      done(value)
    }
    socket.once('open', speak)
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

function shut({ url }: Patient, error: unknown): Finding {
  const reason = reasonOf(error)
  const [, status] = /Unexpected server response: (\d+)/.exec(reason) ?? []
  if (status === undefined) {
    return ill(
      'gate',
      `No WebSocket gets through to ${addressOf(url)} (${reason}).`,
      'Look at the proxy and at firewalls in between.',
    )
  }
  return ill(
    'gate',
    `The WebSocket is answered with ${status} and goes no further.`,
    'Let the proxy pass "Upgrade" and "Connection" on, for HTTP/1.1 (docs/running.md has the lines for nginx).',
  )
}

function judge(answer: ServerMessage, patient: Patient, { token, origin }: Visit): readonly Finding[] {
  if (answer.type === 'registered') {
    if (token !== undefined) return [well('token', 'A token of this secret is admitted, and a session was opened.')]
    const todo = commandLine('policy set <api key> --require-token')
    return [ill('policy', 'Whoever knows the API key is let in without a token.', todo)]
  }
  if (answer.type !== 'refused')
    return [ill('gate', `The gate says ${answer.type}, which was not asked.`, 'Is it a Stagedoor of this version?')]
  return [...judgeRefusal(answer, token !== undefined, origin), ...judgeAddress(answer.docs, patient)]
}

type Refused = Extract<ServerMessage, { type: 'refused' }>

function judgeRefusal(
  { code, message, refusalId }: Refused,
  hasToken: boolean,
  origin: string | undefined,
): readonly Finding[] {
  if (!hasToken) return [well('policy', `Without a token nobody is let in (${code}).`)]
  const todo =
    code === 'origin_refused' && origin === undefined
      ? 'The policy lists origins: say one of them with --origin.'
      : `To see every check: ${commandLine(`refusal show ${refusalId}`)}`
  return [ill('token', `A token of this secret is refused (${code}): ${message}`, todo)]
}

/** Links in refusals begin with the address that the platform takes for its own. */
function judgeAddress(docs: string, { url }: Patient): readonly Finding[] {
  const address = addressOf(url)
  if (!URL.canParse(docs)) return []
  const [own] = new URL(docs).href.split(`${REFUSAL_PAGES}/`, 1)
  if (own === address) return []
  return [
    advice(
      'public_address',
      `The platform takes ${own} for its own address, and is reached at ${address}.`,
      `Start it with --public-url ${address}: links in refusals and the cookie of the dashboard depend on it.`,
    ),
  ]
}

async function stay(socket: WebSocket, { idleSeconds }: Visit): Promise<readonly Finding[]> {
  if (idleSeconds === 0) return []
  const began = performance.now()
  const hungUp = new Promise<number>((resolve) => socket.once('close', resolve))
  const code = await Promise.race([hungUp, sleep(idleSeconds * 1_000).then(() => undefined)])
  const after = Math.round((performance.now() - began) / 1_000)
  if (code === undefined) return [well('idle', `The connection was still there after ${idleSeconds} seconds.`)]
  return [
    ill(
      'idle',
      `The connection was cut after ${after} seconds (${code}).`,
      'Raise the time that the proxy lets a connection idle (proxy_read_timeout of nginx) above 60 seconds.',
    ),
  ]
}
