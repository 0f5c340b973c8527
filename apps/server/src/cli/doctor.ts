import process from 'node:process'
import { AccessToken } from '@stagedoor/access-token'
import { createAdmin } from '@stagedoor/admin'
import { Command } from 'commander'
import { type Finding, ill, type Patient } from '../doctor/finding.ts'
import { lookAtCertificate } from '../doctor/look-at-certificate.ts'
import { lookAtGate } from '../doctor/look-at-gate.ts'
import { lookAtHttp } from '../doctor/look-at-http.ts'
import { lookAtKeys } from '../doctor/look-at-keys.ts'
import { lookAtSecret } from '../doctor/look-at-secret.ts'
import { readPersonalToken, urlOption } from './open-platform-client.ts'
import { print } from './output.ts'
import { fetchFrom } from './remote/fetch-from.ts'
import { jsonOption, parseWhole } from './settings.ts'

interface DoctorSettings {
  readonly url?: string
  readonly tokenFile?: string
  readonly origin?: string
  readonly user: string
  readonly idle: number
  readonly json: boolean
}

const DEFAULT_URL = 'http://127.0.0.1:4420'
const PATIENCE_MS = 10_000
const MAX_IDLE_SECONDS = 600
const TOKEN_SECONDS = 60
/** What is knocked with where no API key is given: one that nobody has. */
const NO_API_KEY = 'doctor'
const SIGNS = { well: '✓', advice: '!', ill: '✗' } as const

const HELP = `
Run it where your back end runs: it mints its tokens by that machine's clock. It looks at as much as it is given:
  nothing                     reachable, ready, certificate, clock, WebSocket, demo, metrics
  API_KEY and SECRET          and a token is minted and brought to the gate, as your back end's would be; and the
                              TURN servers that its session is told of are asked to relay
  STAGEDOOR_TOKEN             and policies, secrets and media, by the API (a personal access token of an owner or viewer)
No secret and no token is printed, and none but the minted token leaves this machine.

Examples:
  $ stagedoor doctor --url https://rtc.example.com
  $ API_KEY=key_… SECRET=… stagedoor doctor --url https://rtc.example.com --origin https://shop.example --idle 70

The exit code is 0 where all is well or only advice is given, and 1 where something is ill.`

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('look at a set-up from end to end, and say of each finding what to do')
    .addOption(urlOption().default(DEFAULT_URL))
    .option('--token-file <file>', 'the file that holds a personal access token (default: STAGEDOOR_TOKEN)')
    .option('--origin <origin>', 'the page that the token is brought from, where the policy lists origins')
    .option('--user <id>', 'the user id that the token is minted for', 'stagedoor-doctor')
    .option(
      '--idle <seconds>',
      'stay connected for so long without a word, to see whether a proxy hangs up',
      (text) => parseWhole(text, 0, MAX_IDLE_SECONDS),
      0,
    )
    .addOption(jsonOption())
    .addHelpText('after', HELP)
    .action(examine)
}

async function examine(settings: DoctorSettings): Promise<void> {
  const url = settings.url ?? DEFAULT_URL
  const patient: Patient = { url: new URL(url), patienceMs: PATIENCE_MS, nowMs: Date.now }
  const { API_KEY: apiKey, SECRET: secret } = process.env
  const findings: Finding[] = [...(await lookAtHttp(patient)), ...(await lookAtCertificate(patient))]
  const isThere = findings.some(({ check, verdict }) => check === 'reachable' && verdict === 'well')
  if (secret) findings.push(...lookAtSecret(secret))
  if (isThere) {
    const token = apiKey && secret ? mint(apiKey, secret, settings.user, findings) : undefined
    const { origin, idle: idleSeconds, user: userId } = settings
    const visit = { apiKey: apiKey ?? NO_API_KEY, userId, token, origin, idleSeconds }
    findings.push(...(await lookAtGate(patient, visit)))
    if (settings.tokenFile !== undefined || process.env['STAGEDOOR_TOKEN']) {
      const personalToken = await readPersonalToken(url, settings.tokenFile)
      findings.push(...(await lookAtKeys(createAdmin({ url, token: personalToken, fetch: fetchFrom(url) }), patient)))
    }
  }
  print(settings.json, findings, () => findings.flatMap(linesOf))
  if (findings.some(({ verdict }) => verdict === 'ill')) process.exitCode = 1
}

function mint(apiKey: string, secret: string, userId: string, findings: Finding[]): string | undefined {
  try {
    return new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: userId, ttl: TOKEN_SECONDS }).toJwt()
  } catch (error) {
    const { message } = error as Error
    findings.push(
      ill('token', `No token can be minted: ${message}.`, 'Look at API_KEY and SECRET, as your back end has them.'),
    )
    return undefined
  }
}

function linesOf({ verdict, found, todo }: Finding): readonly string[] {
  return [`${SIGNS[verdict]} ${found}`, ...(todo === undefined ? [] : [`    ${todo}`])]
}
