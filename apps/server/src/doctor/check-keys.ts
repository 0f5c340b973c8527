import type { Admin, components } from '@stagedoor/admin'
import { commandLine } from '../command-line.ts'
import { isLoopback } from '../outbound/is-loopback.ts'
import { advice, type Finding, ok, problem, type Target } from './finding.ts'

type Schemas = components['schemas']
type ApiKey = Schemas['ApiKey']
type SigningKey = Schemas['SigningKey']

const DAY = 86_400
/** The longest lifetime of tokens that is not reported, in seconds. */
export const LONG_LIFE_SECONDS = 3_600 * 12
/** The age from which a secret is reported as old, in seconds. */
export const OLD_SECONDS = 365 * DAY

/** Checks the platform, and the policies and signing keys of every API key, over the API. */
export async function checkKeys(admin: Admin, target: Target): Promise<readonly Finding[]> {
  const findings: Finding[] = [...checkPlatform(await admin.get('/api/v1/platform'), target)]
  for await (const key of admin.list('/api/v1/keys')) {
    const params = { path: { key: key.apiKey } }
    const signingKeys: SigningKey[] = []
    for await (const one of admin.list('/api/v1/keys/{key}/signing-keys', { params })) signingKeys.push(one)
    const found = [
      ...checkPolicy(key),
      ...signingKeys.flatMap((one) => checkSigningKey(key, one, target.nowMs() / 1_000)),
    ]
    findings.push(
      ...(found.length === 0
        ? [ok('policy', `${nameOf(key)}: no problems with the policy or the signing keys.`)]
        : found),
    )
  }
  return findings
}

const nameOf = ({ name, apiKey }: ApiKey) => `${name} (${apiKey})`

export function checkPlatform({ store, media, demo }: Schemas['Platform'], { url }: Target): readonly Finding[] {
  const isHere = isLoopback(url.hostname)
  return [
    ...(store.health === 'ok'
      ? []
      : [problem('ready', 'The store cannot be used.', 'Check the log of the platform, and the database.')]),
    ...(media.turn || isHere
      ? []
      : [
          advice(
            'media',
            'No TURN server is configured.',
            'Users in restrictive networks may have no audio and video. Start the platform with --turn.',
          ),
        ]),
    ...(demo && !isHere ? [problem('demo', 'The demo is on.', 'Start the platform without --demo and --dev.')] : []),
  ]
}

export function checkPolicy(key: ApiKey): readonly Finding[] {
  if (key.state === 'disabled') return []
  const { requireToken, allowAnyUser, origins, maxTtlSeconds, onExpiry } = key.policy
  const set = commandLine(`policy set ${key.apiKey}`)
  return [
    ...(requireToken ? [] : [problem('policy', `${nameOf(key)}: no token is required.`, `${set} --require-token`)]),
    ...(allowAnyUser
      ? [
          problem(
            'policy',
            `${nameOf(key)}: wildcard tokens are accepted, which are valid for any user id.`,
            `Issue a token for each user, then: ${set} --no-allow-any-user`,
          ),
        ]
      : []),
    ...(origins === undefined
      ? [advice('policy', `${nameOf(key)}: pages of every origin are allowed.`, `${set} --origins https://your.site`)]
      : []),
    ...(maxTtlSeconds > LONG_LIFE_SECONDS
      ? [
          advice(
            'policy',
            `${nameOf(key)}: tokens can be valid for ${Math.round(maxTtlSeconds / 3_600)} h.`,
            `A stolen token can be used for as long. Shorten it: ${set} --max-ttl 1h`,
          ),
        ]
      : []),
    ...(onExpiry === 'keep'
      ? [
          advice(
            'policy',
            `${nameOf(key)}: sessions stay open after their tokens expire.`,
            `If your clients renew their tokens: ${set} --on-expiry disconnect`,
          ),
        ]
      : []),
  ]
}

export function checkSigningKey(key: ApiKey, signingKey: SigningKey, now: number): readonly Finding[] {
  const { keyId, kind, state, createdAt, retiresAt, sessions } = signingKey
  if (state === 'retired') return []
  if (state === 'retiring' && sessions > 0 && retiresAt !== null) {
    const hours = Math.max(0, Math.round((retiresAt - now) / 3_600))
    return [
      advice(
        'signing_key',
        `${nameOf(key)}: ${keyId} retires in ${hours} h, and ${sessions} sessions still use it.`,
        'Switch your back end to the newer signing key.',
      ),
    ]
  }
  if (kind === 'secret' && now - createdAt > OLD_SECONDS) {
    return [
      advice(
        'signing_key',
        `${nameOf(key)}: ${keyId} is older than a year.`,
        `Create another secret (${commandLine(`signing-key create ${key.apiKey}`)}), switch to it, then retire this one.`,
      ),
    ]
  }
  return []
}
