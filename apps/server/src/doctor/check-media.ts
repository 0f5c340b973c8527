import { randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import type { IceServer } from '@stagedoor/protocol'
import { isTurn } from '../media/ice-servers.ts'
import { isLoopback } from '../outbound/is-loopback.ts'
import { isPublicAddress } from '../outbound/public-address.ts'
import { advice, type Finding, ok, problem, reasonOf, type Target } from './finding.ts'
import { type Credentials, decodeResponse, encodeRequest, type Request, type Response } from './turn/stun-message.ts'
import { type Exchange, readIceAddress, withServer } from './turn/with-server.ts'

const UNAUTHORIZED = 401
const STALE_NONCE = 438

/** Checks each STUN and TURN server that a session gets. */
export async function checkMedia(target: Target, servers: readonly IceServer[]): Promise<readonly Finding[]> {
  const all = servers.flatMap((server) => [server.urls].flat().map((url) => ({ ...server, url })))
  const findings = await Promise.all(
    all.map((server) => (isTurn(server.url) ? askForRelay(target, server) : askForAddress(target, server))),
  )
  if (all.some(({ url }) => isTurn(url)) || isLoopback(target.url.hostname)) return findings
  return [
    ...findings,
    advice(
      'media',
      'Sessions get no TURN server.',
      'Users in restrictive networks may have no audio and video. Start the platform with --turn.',
    ),
  ]
}

interface Asked extends IceServer {
  readonly url: string
}

async function askForAddress({ timeoutMs }: Target, { url }: Asked): Promise<Finding> {
  try {
    const answer = await withServer(readIceAddress(url), timeoutMs, (exchange) => ask(exchange, { method: 'binding' }))
    if (answer.ok) return ok('media', `${url} answers.`)
    return problem('media', `${url} answered ${answer.code}.`, 'Check that it is a STUN server.')
  } catch (error) {
    return unreachable(url, error)
  }
}

async function askForRelay({ timeoutMs }: Target, { url, username = '', credential = '' }: Asked): Promise<Finding> {
  try {
    return await withServer(readIceAddress(url), timeoutMs, async (exchange) => {
      const first = await ask(exchange, { method: 'allocate' })
      if (first.ok) {
        return problem('media', `${url} relays for anyone, without credentials.`, 'Set use-auth-secret in coturn.')
      }
      if (first.code !== UNAUTHORIZED || first.challenge === undefined) {
        return problem('media', `${url} answered ${first.code}.`, 'Check that it is a TURN server.')
      }
      const credentials = { username, password: credential, ...first.challenge }
      const answer = await askAs(exchange, credentials, { method: 'allocate' })
      if (!answer.ok) return refused(url, answer.code)
      // Released, because it would otherwise use a port of the server for ten minutes.
      await askAs(exchange, credentials, { method: 'refresh', lifetimeSeconds: 0 })
      return checkRelay(url, answer.relayed)
    })
  } catch (error) {
    return unreachable(url, error)
  }
}

/** If the nonce has expired on the way, uses the new one. */
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
  if (answer === undefined) throw new Error('the answer is not STUN')
  return answer
}

function checkRelay(url: string, relayed: string | undefined): Finding {
  const { host } = readIceAddress(url)
  // A server for the own network only has a private address.
  const isOnOwnNetwork = isLoopback(host) || (isIP(host) !== 0 && !isPublicAddress(host))
  if (relayed === undefined || isPublicAddress(relayed) || isOnOwnNetwork)
    return ok('media', `${url} relays for a session.`)
  return advice(
    'media',
    `${url} relays at ${relayed}, which cannot be reached from outside its network.`,
    'Set external-ip in coturn to its public address.',
  )
}

function refused(url: string, code: number): Finding {
  if (code !== UNAUTHORIZED) {
    return problem(
      'media',
      `${url} refused to relay (${code}).`,
      'Check its log. It may be out of ports or over a quota.',
    )
  }
  return problem(
    'media',
    `${url} refused the credentials of a session.`,
    'Check that STAGEDOOR_TURN_SECRET equals static-auth-secret, that use-auth-secret is set, and the clock of the server.',
  )
}

function unreachable(url: string, error: unknown): Finding {
  const { port, transport } = readIceAddress(url)
  const protocol = transport === 'udp' ? 'UDP' : 'TCP'
  return problem(
    'media',
    `${url} cannot be reached (${reasonOf(error)}).`,
    `Check that it is running, and that firewalls allow ${protocol} ${port}.`,
  )
}
