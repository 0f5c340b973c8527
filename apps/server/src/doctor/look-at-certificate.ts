import { connect } from 'node:tls'
import { isLoopback } from '../outbound/is-loopback.ts'
import { advice, type Finding, ill, type Patient, well } from './finding.ts'

/** How many days ahead the end of a certificate is pointed out. */
export const WARN_DAYS = 14
const DAY_MS = 86_400_000
const DEFAULT_PORT = 443

/** For how long the certificate is good. Whether it is trusted, the requests tell. */
export async function lookAtCertificate(patient: Patient): Promise<readonly Finding[]> {
  const { url, nowMs } = patient
  if (url.protocol !== 'https:') return isLoopback(url.hostname) ? [] : [unencrypted(url)]
  const endsAtMs = await readEnd(patient)
  if (endsAtMs === undefined) return []
  const days = Math.floor((endsAtMs - nowMs()) / DAY_MS)
  const end = new Date(endsAtMs).toISOString().slice(0, 10)
  if (days < 0)
    return [
      ill('certificate', `The certificate ended on ${end}.`, 'Renew it, and see why that was not done by itself.'),
    ]
  if (days < WARN_DAYS) {
    return [
      advice('certificate', `The certificate ends on ${end}, in ${days} days.`, 'See that it is renewed by itself.'),
    ]
  }
  return [well('certificate', `The certificate is good until ${end}.`)]
}

function unencrypted({ origin }: URL): Finding {
  return ill(
    'certificate',
    `${origin} is not encrypted: tokens travel in the open, and browsers give no camera to its pages.`,
    'Put a proxy with a certificate in front (docs/running.md), and use https.',
  )
}

/** Whoever does not trust it shall still learn when it ends. */
function readEnd({ url, patienceMs }: Patient): Promise<number | undefined> {
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
    socket.setTimeout(patienceMs, () => end())
    socket.on('error', () => end())
    socket.on('secureConnect', () => {
      const at = Date.parse(socket.getPeerCertificate().valid_to)
      end(Number.isNaN(at) ? undefined : at)
    })
  })
}
