import { connect } from 'node:tls'
import { isLoopback } from '../outbound/is-loopback.ts'
import { advice, type Finding, ok, problem, type Target } from './finding.ts'

/** How many days before a certificate expires the doctor advises to renew it. */
export const WARN_DAYS = 14
const DAY_MS = 86_400_000
const DEFAULT_PORT = 443

/** Checks when the certificate expires. Whether it is trusted, the other requests show. */
export async function checkCertificate(target: Target): Promise<readonly Finding[]> {
  const { url, nowMs } = target
  if (url.protocol !== 'https:') return isLoopback(url.hostname) ? [] : [unencrypted(url)]
  const endsAtMs = await readEnd(target)
  if (endsAtMs === undefined) return []
  const days = Math.floor((endsAtMs - nowMs()) / DAY_MS)
  const end = new Date(endsAtMs).toISOString().slice(0, 10)
  if (days < 0)
    return [
      problem(
        'certificate',
        `The certificate expired on ${end}.`,
        'Renew it, and find out why it was not renewed automatically.',
      ),
    ]
  if (days < WARN_DAYS) {
    return [
      advice(
        'certificate',
        `The certificate expires on ${end}, in ${days} days.`,
        'Check that it is renewed automatically.',
      ),
    ]
  }
  return [ok('certificate', `The certificate is valid until ${end}.`)]
}

function unencrypted({ origin }: URL): Finding {
  return problem(
    'certificate',
    `${origin} is not encrypted: tokens can be read on the way, and browsers refuse camera and microphone to its pages.`,
    'Put a proxy with a certificate in front of the platform (docs/running.md), and use https:.',
  )
}

/** Reads when the certificate expires, also if it is not trusted. */
function readEnd({ url, timeoutMs }: Target): Promise<number | undefined> {
  return new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, '')
    const socket = connect({
      host,
      port: Number(url.port) || DEFAULT_PORT,
      ...(/^[\d.:]+$/.test(host) ? {} : { servername: host }),
      rejectUnauthorized: false,
    })
    const end = (at?: number) => {
      socket.destroy()
      resolve(at)
    }
    socket.setTimeout(timeoutMs, () => end())
    socket.on('error', () => end())
    socket.on('secureConnect', () => {
      const at = Date.parse(socket.getPeerCertificate().valid_to)
      end(Number.isNaN(at) ? undefined : at)
    })
  })
}
