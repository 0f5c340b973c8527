import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import type { IceServer } from '@stagedoor/protocol'
import { isTurn } from '../media/ice-servers.ts'
import { isLoopback } from '../outbound/is-loopback.ts'
import { isPublicAddress } from '../outbound/public-address.ts'
import { advice, type Finding, ill, type Patient, reasonOf, well } from './finding.ts'
import { type Credentials, decodeResponse, encodeRequest, type Request, type Response } from './turn/stun-message.ts'
import { type Exchange, readIceAddress, withServer } from './turn/with-server.ts'

const UNAUTHORIZED = 401
const STALE_NONCE = 438

/** Whether each STUN and TURN server that a session is told of does for it what it is there for. */
export async function lookAtMedia(patient: Patient, servers: readonly IceServer[]): Promise<readonly Finding[]> {
  const all = servers.flatMap((server) => [server.urls].flat().map((url) => ({ ...server, url })))
  const findings = await Promise.all(
    all.map((server) => (isTurn(server.url) ? askForRelay(patient, server) : askForAddress(patient, server))),
  )
  if (all.some(({ url }) => isTurn(url)) || isLoopback(patient.url.hostname)) return findings
  return [
    ...findings,
    advice(
      'media',
      'Sessions get no TURN server.',
      'Users behind strict networks may see and hear nobody: serve --turn.',
    ),
  ]
}

interface Asked extends IceServer {
  readonly url: string
}

async function askForAddress({ patienceMs }: Patient, { url }: Asked): Promise<Finding> {
  try {
    const answer = await withServer(readIceAddress(url), patienceMs, (exchange) => ask(exchange, { method: 'binding' }))
    if (answer.ok) return well('media', `${url} answers.`)
    return ill('media', `${url} answers ${answer.code}.`, 'Is it a STUN server?')
  } catch (error) {
    return unreachable(url, error)
  }
}

async function askForRelay({ patienceMs }: Patient, { url, username = '', credential = '' }: Asked): Promise<Finding> {
  try {
    return await withServer(readIceAddress(url), patienceMs, async (exchange) => {
      const first = await ask(exchange, { method: 'allocate' })
      if (first.ok) {
        return ill('media', `${url} relays for everybody, without credentials.`, 'Set use-auth-secret in coturn.')
      }
      if (first.code !== UNAUTHORIZED || first.challenge === undefined) {
        return ill('media', `${url} answers ${first.code}.`, 'Is it a TURN server?')
      }
      const credentials = { username, password: credential, ...first.challenge }
      const answer = await askAs(exchange, credentials, { method: 'allocate' })
      if (!answer.ok) return refused(url, answer.code)
      // Given back, so that it takes up none of the server's ports for the ten minutes that it would stay.
      await askAs(exchange, credentials, { method: 'refresh', lifetimeSeconds: 0 })
      return judgeRelay(url, answer.relayed)
    })
  } catch (error) {
    return unreachable(url, error)
  }
}

/** A nonce may have ended on the way: then there is another one. */
async function askAs(
  exchange: Exchange,
  credentials: Credentials,
  request: Pick<Request, 'method' | 'lifetimeSeconds'>,
): Promise<Response> {
  const answer = await ask(exchange, { ...request, credentials })
  if (answer.ok || answer.code !== STALE_NONCE || answer.challenge === undefined) return answer
  return ask(exchange, { ...request, credentials: { ...credentials, ...answer.challenge } })
}

async function ask(exchange: Exchange, request: Omit<Request, 'transactionId'>): Promise<Response> {
  const transactionId = randomBytes(12)
  const answer = decodeResponse(await exchange(encodeRequest({ ...request, transactionId })), transactionId)
  if (answer === undefined) throw new Error('what answers speaks no STUN')
  return answer
}

function judgeRelay(url: string, relayed: string | undefined): Finding {
  const { host } = readIceAddress(url)
  // A server for the own network only has a private address.
  const isOnOwnNetwork = isLoopback(host) || (isIP(host) !== 0 && !isPublicAddress(host))
  if (relayed === undefined || isPublicAddress(relayed) || isOnOwnNetwork)
    return well('media', `${url} relays for a session.`)
  return advice(
    'media',
    `${url} relays at ${relayed}, which nobody outside of its network reaches.`,
    'Set external-ip in coturn to the address that users reach it at.',
  )
}

function refused(url: string, code: number): Finding {
  if (code !== UNAUTHORIZED) {
    return ill('media', `${url} refuses to relay (${code}).`, 'See its log. It may be out of ports or over a quota.')
  }
  return ill(
    'media',
    `${url} refuses the credentials of a session.`,
    'STAGEDOOR_TURN_SECRET and static-auth-secret must be the same, use-auth-secret be set, and its clock agree.',
  )
}

function unreachable(url: string, error: unknown): Finding {
  const { port, transport } = readIceAddress(url)
  const protocol = transport === 'udp' ? 'UDP' : 'TCP'
  return ill(
    'media',
    `${url} is not reached (${reasonOf(error)}).`,
    `Does it run, and do firewalls let ${protocol} ${port} through?`,
  )
}
