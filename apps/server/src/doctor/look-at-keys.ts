import type { Admin, components } from '@stagedoor/admin'
import { commandLine } from '../command-line.ts'
import { isLoopback } from '../outbound/is-loopback.ts'
import { advice, type Finding, ill, type Patient, well } from './finding.ts'

type Schemas = components['schemas']
type ApiKey = Schemas['ApiKey']
type SigningKey = Schemas['SigningKey']

const DAY = 86_400
/** The longest life of tokens that is not pointed out. */
export const LONG_LIFE_SECONDS = 3_600 * 12
/** From when on a secret is pointed out as old, in seconds. */
export const OLD_SECONDS = 365 * DAY

/** What an owner has decided, by the API: policies, secrets, webhooks, the platform itself. */
export async function lookAtKeys(admin: Admin, patient: Patient): Promise<readonly Finding[]> {
  const findings: Finding[] = [...judgePlatform(await admin.get('/api/v1/platform'), patient)]
  for await (const key of admin.list('/api/v1/keys')) {
    const params = { path: { key: key.apiKey } }
    const signingKeys: SigningKey[] = []
    for await (const one of admin.list('/api/v1/keys/{key}/signing-keys', { params })) signingKeys.push(one)
    const found = [
      ...judgePolicy(key),
      ...signingKeys.flatMap((one) => judgeSigningKey(key, one, patient.nowMs() / 1_000)),
    ]
    findings.push(
      ...(found.length === 0 ? [well('policy', `${nameOf(key)}: the policy and the secrets are in order.`)] : found),
    )
  }
  return findings
}

const nameOf = ({ name, apiKey }: ApiKey) => `${name} (${apiKey})`

export function judgePlatform({ store, media, demo }: Schemas['Platform'], { url }: Patient): readonly Finding[] {
  const isHere = isLoopback(url.hostname)
  return [
    ...(store.health === 'ok'
      ? []
      : [ill('ready', 'The store cannot be used.', 'Look at the log of the platform, and at the database.')]),
    ...(media.turn || isHere
      ? []
      : [advice('media', 'No TURN server is configured.', 'Users behind strict networks may see and hear nobody.')]),
    ...(demo && !isHere ? [ill('demo', 'The demo is on.', 'Start the platform without --demo and --dev.')] : []),
  ]
}

export function judgePolicy(key: ApiKey): readonly Finding[] {
  if (key.state === 'disabled') return []
  const { requireToken, allowAnyUser, origins, maxTtlSeconds, onExpiry } = key.policy
  const set = commandLine(`policy set ${key.apiKey}`)
  return [
    ...(requireToken ? [] : [ill('policy', `${nameOf(key)}: a token is not needed.`, `${set} --require-token`)]),
    ...(allowAnyUser
      ? [
          ill(
            'policy',
            `${nameOf(key)}: a wildcard token is admitted, good for whichever user its bearer says.`,
            `Mint for each user, then: ${set} --no-allow-any-user`,
          ),
        ]
      : []),
    ...(origins === undefined
      ? [advice('policy', `${nameOf(key)}: pages of every origin are let in.`, `${set} --origins https://your.site`)]
      : []),
    ...(maxTtlSeconds > LONG_LIFE_SECONDS
      ? [
          advice(
            'policy',
            `${nameOf(key)}: tokens may live ${Math.round(maxTtlSeconds / 3_600)} hours.`,
            `A stolen one is good for as long. ${set} --max-ttl 3600`,
          ),
        ]
      : []),
    ...(onExpiry === 'keep'
      ? [
          advice(
            'policy',
            `${nameOf(key)}: sessions outlive their tokens.`,
            `${set} --on-expiry disconnect, where clients renew`,
          ),
        ]
      : []),
  ]
}

export function judgeSigningKey(key: ApiKey, signingKey: SigningKey, now: number): readonly Finding[] {
  const { keyId, kind, state, createdAt, retiresAt, sessions } = signingKey
  if (state === 'retired') return []
  if (state === 'retiring' && sessions > 0 && retiresAt !== null) {
    const hours = Math.max(0, Math.round((retiresAt - now) / 3_600))
    return [
      advice(
        'signing_key',
        `${nameOf(key)}: ${keyId} ends in ${hours} hours, and ${sessions} sessions are on it.`,
        'Change your back end over to the newer one.',
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
