import process from 'node:process'
import { AccessToken } from '@stagedoor/access-token'
import { createAdmin } from '@stagedoor/admin'
import { Command } from 'commander'
import { commandLine } from '../../command-line.ts'
import { checkCertificate } from '../../doctor/check-certificate.ts'
import { checkGate } from '../../doctor/check-gate.ts'
import { checkHttp } from '../../doctor/check-http.ts'
import { checkKeys } from '../../doctor/check-keys.ts'
import { checkSecret } from '../../doctor/check-secret.ts'
import { type Finding, problem, type Target } from '../../doctor/finding.ts'
import { durationOption } from '../input/duration-option.ts'
import { jsonOption } from '../input/settings.ts'
import { findPersonalToken, urlOption } from '../open-platform-client.ts'
import { print } from '../output/print.ts'
import { choosePlatform, profileOption } from '../profile/choose-platform.ts'
import { fetchFrom } from '../remote/fetch-from.ts'

interface DoctorSettings {
  readonly url?: string
  readonly tokenFile?: string
  readonly profile?: string
  readonly origin?: string
  readonly user: string
  readonly idle: number
  readonly json: boolean
}

const DEFAULT_URL = 'http://127.0.0.1:4420'
const TIMEOUT_MS = 10_000
const MAX_IDLE_SECONDS = 600
const TOKEN_SECONDS = 60
/** The API key of the connection attempt if none is given. It does not exist. */
const NO_API_KEY = 'doctor'
const SIGNS = { ok: '✓', advice: '!', problem: '✗' } as const

const HELP = `
Run it on the machine of your back end, because tokens are issued with that machine's clock. What it checks depends on the
environment:
  always              reachable, ready, certificate, clock, WebSocket, demo, metrics
  API_KEY and SECRET  also registers with a new access token, and tests the TURN servers that the session receives
  STAGEDOOR_TOKEN     also policies, signing keys and media, over the API (a personal access token of an owner or viewer)
No secret or token is printed. Only the new access token and STAGEDOOR_TOKEN leave this machine, and only to the platform.

Examples:
  $ ${commandLine('doctor --url https://rtc.example.com')}
  $ API_KEY=key_… SECRET=… ${commandLine('doctor --url https://rtc.example.com --origin https://shop.example --idle 70s')}

With --json it prints { "ok", "items" }, and each item has "check", "status" (ok, advice or problem), "message" and "fix".
Exit code: 0 if there are no problems (there may be advice), 1 if there is a problem.`

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check a deployment end to end, and say how to fix each problem')
    .addOption(urlOption().default(DEFAULT_URL))
    .addOption(profileOption())
    .option('--token-file <file>', 'the file that contains a personal access token (default: STAGEDOOR_TOKEN)')
    .option('--origin <origin>', 'the origin to register from, if the policy restricts origins')
    .option('--user <id>', 'the user id of the new access token', 'stagedoor-doctor')
    .addOption(
      durationOption(
        '--idle <duration>',
        'stay connected for this long without sending, to test the idle timeouts of proxies',
        { leastSeconds: 0, mostSeconds: MAX_IDLE_SECONDS },
      ).default(0, 'not at all'),
    )
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .hook('preAction', (_command, action) => choosePlatform(action, () => undefined))
    .action(examine)
}

async function examine(settings: DoctorSettings): Promise<void> {
  const url = settings.url ?? DEFAULT_URL
  const target: Target = { url: new URL(url), timeoutMs: TIMEOUT_MS, nowMs: Date.now }
  const { API_KEY: apiKey, SECRET: secret } = process.env
  const findings: Finding[] = [...(await checkHttp(target)), ...(await checkCertificate(target))]
  const isReachable = findings.some(({ check, status }) => check === 'reachable' && status === 'ok')
  if (secret) findings.push(...checkSecret(secret))
  if (isReachable) {
    const token = apiKey && secret ? mint(apiKey, secret, settings.user, findings) : undefined
    const { origin, idle: idleSeconds, user: userId } = settings
    const attempt = { apiKey: apiKey ?? NO_API_KEY, userId, token, origin, idleSeconds }
    findings.push(...(await checkGate(target, attempt)))
    if (settings.profile !== undefined || settings.tokenFile !== undefined || process.env['STAGEDOOR_TOKEN']) {
      const personalToken = await findPersonalToken(url, settings)
      findings.push(...(await checkKeys(createAdmin({ url, token: personalToken, fetch: fetchFrom(url) }), target)))
    }
  }
  const isOk = findings.every(({ status }) => status !== 'problem')
  print(settings.json, { ok: isOk, items: findings }, () => findings.flatMap(linesOf))
  if (!isOk) process.exitCode = 1
}

function mint(apiKey: string, secret: string, userId: string, findings: Finding[]): string | undefined {
  try {
    return new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: userId, ttl: TOKEN_SECONDS }).toJwt()
  } catch (error) {
    const { message } = error as Error
    findings.push(
      problem(
        'token',
        `No access token could be created: ${message}.`,
        'Compare API_KEY and SECRET with those of your back end.',
      ),
    )
    return undefined
  }
}

function linesOf({ status, message, fix }: Finding): readonly string[] {
  return [`${SIGNS[status]} ${message}`, ...(fix === undefined ? [] : [`    ${fix}`])]
}
