import { joinUrl } from '@stagedoor/protocol'
import { commandLine } from '../command-line.ts'
import { isLoopback } from '../outbound/is-loopback.ts'
import { addressOf, advice, type Finding, ok, problem, reasonOf, type Target } from './finding.ts'

/** The clock difference that is not reported, in seconds: the `Date` header has whole seconds, and an answer takes time. */
export const CLOCK_TOLERANCE_SECONDS = 2

/** Checks whether the platform answers and is ready, its clock, and that the demo and the metrics are not public. */
export async function checkHttp(target: Target): Promise<readonly Finding[]> {
  const ready = await ask(target, '/readyz')
  if (ready instanceof Error) return [unreachable(target, ready)]
  const { status, body } = ready
  const isOurs = typeof body === 'object' && body !== null && 'checks' in body
  if (!isOurs) {
    return [
      problem(
        'reachable',
        `${addressOf(target.url)} answered ${status}, but not like a Stagedoor platform.`,
        'Check the address, and that the proxy in front passes every path on to the platform.',
      ),
    ]
  }
  return [
    ok('reachable', `${addressOf(target.url)} answered in ${ready.tookMs} ms.`),
    status === 200
      ? ok('ready', 'The platform is ready.')
      : problem(
          'ready',
          `The platform is not ready: ${JSON.stringify(body)}.`,
          'Check its log. Usually the store cannot be reached.',
        ),
    ...checkClock(ready, target),
    ...(await checkDemo(target)),
    ...(await checkMetrics(target)),
  ]
}

interface Answer {
  readonly status: number
  readonly body: unknown
  readonly date: string | null
  readonly tookMs: number
}

async function ask(
  { url, timeoutMs, nowMs }: Target,
  path: `/${string}`,
  init: RequestInit = {},
): Promise<Answer | Error> {
  const began = nowMs()
  try {
    const answer = await fetch(joinUrl(url.href, path), {
      ...init,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
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

function unreachable({ url }: Target, error: Error): Finding {
  const reason = reasonOf(error)
  const fix = /CERT|SELF_SIGNED|UNABLE_TO/.test(reason)
    ? 'Browsers will not trust it either. Check the certificate, and the chain that the proxy sends with it.'
    : `Check the address, that the platform is running (${commandLine('serve')}), and the firewalls in between.`
  return problem('reachable', `${addressOf(url)} cannot be reached (${reason}).`, fix)
}

function checkClock({ date, tookMs }: Answer, { nowMs }: Target): readonly Finding[] {
  const there = Date.parse(date ?? '') / 1_000
  if (Number.isNaN(there)) return []
  // The answer was written somewhere on the way; half of it is the best guess (RFC 5905 section 8).
  const ahead = Math.round(nowMs() / 1_000 - tookMs / 2_000 - there)
  if (Math.abs(ahead) <= CLOCK_TOLERANCE_SECONDS)
    return [ok('clock', 'The clocks of this machine and the platform agree.')]
  const fix =
    ahead > 0
      ? 'Tokens issued on this machine are not valid yet when they arrive. Synchronize both clocks (NTP).'
      : 'Tokens issued on this machine expire early. Synchronize both clocks (NTP).'
  return [
    problem(
      'clock',
      `The clock of this machine is ${Math.abs(ahead)} s ${ahead > 0 ? 'ahead of' : 'behind'} that of the platform.`,
      fix,
    ),
  ]
}

async function checkDemo(target: Target): Promise<readonly Finding[]> {
  const headers = { 'content-type': 'application/json' }
  const answer = await ask(target, '/demo/token', { method: 'POST', headers, body: '{}' })
  if (answer instanceof Error || answer.status !== 400) return [ok('demo', 'The demo is off.')]
  if (isLoopback(target.url.hostname)) return [ok('demo', 'The demo is on, for this machine only.')]
  return [problem('demo', 'The demo is on: anyone can get a token.', 'Start the platform without --demo and --dev.')]
}

async function checkMetrics(target: Target): Promise<readonly Finding[]> {
  if (isLoopback(target.url.hostname)) return []
  const answer = await ask(target, '/metrics')
  if (answer instanceof Error || answer.status !== 200) return [ok('metrics', 'The metrics are not public.')]
  return [
    advice(
      'metrics',
      'The metrics are public.',
      'Set STAGEDOOR_METRICS_TOKEN, or do not let the proxy pass /metrics on.',
    ),
  ]
}
