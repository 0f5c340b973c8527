import { joinUrl } from '@stagedoor/protocol'
import { commandLine } from '../command-line.ts'
import { isLoopback } from '../outbound/is-loopback.ts'
import { addressOf, advice, type Finding, ill, type Patient, reasonOf, well } from './finding.ts'

/** By how much clocks may differ before tokens suffer from it: `Date` tells whole seconds, and an answer takes its time. */
export const CLOCK_TOLERANCE_SECONDS = 2

/** Whether the platform answers, is ready, keeps the time, and shows strangers nothing that it should not. */
export async function lookAtHttp(patient: Patient): Promise<readonly Finding[]> {
  const ready = await ask(patient, '/readyz')
  if (ready instanceof Error) return [unreachable(patient, ready)]
  const { status, body } = ready
  const isOurs = typeof body === 'object' && body !== null && 'checks' in body
  if (!isOurs) {
    return [
      ill(
        'reachable',
        `${addressOf(patient.url)} answers ${status}, but not as a platform of Stagedoor does.`,
        'Look at the address, and whether the proxy in front passes every path on to the platform.',
      ),
    ]
  }
  return [
    well('reachable', `${addressOf(patient.url)} answers in ${ready.tookMs} ms.`),
    status === 200
      ? well('ready', 'The platform is ready.')
      : ill(
          'ready',
          `The platform is not ready: ${JSON.stringify(body)}.`,
          'Look at its log; most often the store is down.',
        ),
    ...judgeClock(ready, patient),
    ...(await lookAtDemo(patient)),
    ...(await lookAtMetrics(patient)),
  ]
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly date: string | null
  readonly tookMs: number
}

async function ask(
  { url, patienceMs, nowMs }: Patient,
  path: `/${string}`,
  init: RequestInit = {},
): Promise<Answer | Error> {
  const began = nowMs()
  try {
    const answer = await fetch(joinUrl(url.href, path), {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    })
    const text = await answer.text()
    return { status: answer.status, body: parse(text), date: answer.headers.get('date'), tookMs: nowMs() - began }
  } catch (error) {
    return error as Error
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function unreachable({ url }: Patient, error: Error): Finding {
  const reason = reasonOf(error)
  const todo = /CERT|SELF_SIGNED|UNABLE_TO/.test(reason)
    ? 'Browsers will not trust it either: see to the certificate, or to the chain that the proxy sends with it.'
    : `Check the address, that the platform is running (${commandLine('serve')}), and the firewalls in between.`
  return ill('reachable', `${addressOf(url)} cannot be reached (${reason}).`, todo)
}

function judgeClock({ date, tookMs }: Answer, { nowMs }: Patient): readonly Finding[] {
  const there = Date.parse(date ?? '') / 1_000
  if (Number.isNaN(there)) return []
  // The answer was written somewhere on the way; half of it is the best guess (RFC 5905 section 8).
  const ahead = Math.round(nowMs() / 1_000 - tookMs / 2_000 - there)
  if (Math.abs(ahead) <= CLOCK_TOLERANCE_SECONDS)
    return [well('clock', 'This machine and the platform agree on the time.')]
  const todo =
    ahead > 0
      ? 'Tokens minted on this machine are not valid yet when they arrive. Synchronize both clocks (NTP).'
      : 'Tokens minted on this machine end early. Synchronize both clocks (NTP).'
  return [
    ill(
      'clock',
      `The clock of this machine is ${Math.abs(ahead)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} the platform's.`,
      todo,
    ),
  ]
}

async function lookAtDemo(patient: Patient): Promise<readonly Finding[]> {
  const headers = { 'content-type': 'application/json' }
  const answer = await ask(patient, '/demo/token', { method: 'POST', headers, body: '{}' })
  if (answer instanceof Error || answer.status !== 400) return [well('demo', 'Nobody is given a token for the asking.')]
  if (isLoopback(patient.url.hostname)) return [well('demo', 'The demo is on, on this machine alone.')]
  return [ill('demo', 'The demo is on: whoever asks is given a token.', 'Start the platform without --demo and --dev.')]
}

async function lookAtMetrics(patient: Patient): Promise<readonly Finding[]> {
  if (isLoopback(patient.url.hostname)) return []
  const answer = await ask(patient, '/metrics')
  if (answer instanceof Error || answer.status !== 200) return [well('metrics', 'Strangers do not read the metrics.')]
  return [
    advice(
      'metrics',
      'Whoever asks may read the metrics.',
      'Set STAGEDOOR_METRICS_TOKEN, or let the proxy keep /metrics inside.',
    ),
  ]
}
