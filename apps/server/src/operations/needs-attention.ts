import { setImmediate as nextTurn } from 'node:timers/promises'
import type { RefusalCode } from '@stagedoor/protocol'
import type { ApiKey } from '../api-key/api-key.ts'
import { adviseOnKey, type KeyAdvice } from '../api-key/key-advice.ts'
import type { KeyStore } from '../api-key/key-store.ts'
import { type SealedSigningKey, stateOf } from '../api-key/signing-key.ts'
import type { Endpoint } from '../events/webhook/endpoint.ts'
import type { WebhookStore } from '../events/webhook/webhook-store.ts'
import { HOUR_SECONDS } from '../traffic/traffic-store.ts'
import { countKeyUses } from './look.ts'
import type { Operations } from './operations.ts'

/** The most API keys that are checked, the newest first. */
export const MAX_KEYS_LOOKED_AT = 100
/** The most findings of each kind. */
export const MAX_OF_A_KIND = 20
/** The minimum number of refusals for one reason, within two hours, for a rise to be reported. */
export const MIN_SPIKE = 20
/** The factor by which they must exceed the usual number. */
export const SPIKE_FACTOR = 3
/** The number of earlier hours that define the usual number. */
const USUAL_HOURS = 24

interface OfKey {
  readonly apiKey: string
  readonly apiKeyName: string
}

export type KeyAttention =
  | (OfKey & { readonly kind: 'webhook_failing' | 'webhook_gone'; readonly endpointId: string; readonly url: string })
  | (OfKey & { readonly kind: 'no_signing_key' })
  | (OfKey & { readonly kind: 'key_set_unreachable'; readonly keyId: string })
  | (OfKey & {
      readonly kind: 'signing_key'
      readonly keyId: string
      readonly advice: KeyAdvice
      readonly retiresAt: number | null
    })
  | (OfKey & {
      readonly kind: 'refusals_spike'
      readonly code: RefusalCode
      readonly count: number
      readonly usual: number
    })

/** What is checked for an API key, depending on what the caller can see. */
export interface Rights {
  readonly signingKeys: (apiKey: string) => boolean
  readonly webhooks: (apiKey: string) => boolean
  readonly refusals: (apiKey: string) => boolean
}

export interface AttentionContext extends Pick<Operations, 'sessions' | 'keyUses' | 'keyring' | 'traffic'> {
  readonly store: Pick<KeyStore, 'listSigningKeys'> & Pick<WebhookStore, 'listEndpoints' | 'listDeliveries'>
  readonly now: number
}

/** What the owners of API keys should look at, the most urgent first. Limited, however many API keys there are. */
export async function findAttention(
  context: AttentionContext,
  apiKeys: readonly ApiKey[],
  rights: Rights,
): Promise<{ readonly items: readonly KeyAttention[]; readonly isComplete: boolean }> {
  const looked = apiKeys
    .filter(({ state }) => state === 'active')
    .slice(-MAX_KEYS_LOOKED_AT)
    .reverse()
  const groups = [
    await findRefusalSpikes(
      context,
      looked.filter(({ apiKey }) => rights.refusals(apiKey)),
    ),
    ...(await findInSigningKeys(
      context,
      looked.filter(({ apiKey }) => rights.signingKeys(apiKey)),
    )),
    ...(await findInWebhooks(
      context,
      looked.filter(({ apiKey }) => rights.webhooks(apiKey)),
    )),
  ]
  const ranked = KINDS.flatMap((kind) =>
    groups
      .flat()
      .filter((item) => item.kind === kind)
      .slice(0, MAX_OF_A_KIND),
  )
  const isComplete = apiKeys.length <= MAX_KEYS_LOOKED_AT && ranked.length === groups.flat().length
  return { items: ranked, isComplete }
}

/** The most urgent first. */
const KINDS: readonly KeyAttention['kind'][] = [
  'no_signing_key',
  'key_set_unreachable',
  'refusals_spike',
  'webhook_failing',
  'webhook_gone',
  'signing_key',
]

async function findRefusalSpikes(
  { traffic, now }: AttentionContext,
  keys: readonly ApiKey[],
): Promise<readonly KeyAttention[]> {
  const thisHour = Math.floor(now / HOUR_SECONDS) * HOUR_SECONDS
  const recentSince = thisHour - HOUR_SECONDS
  const usualSince = recentSince - USUAL_HOURS * HOUR_SECONDS
  const apiKeys = keys.map(({ apiKey }) => apiKey)
  const recent = await traffic.sumRefusals({ apiKeys, since: recentSince, until: now })
  const many = recent.filter(({ count }) => count >= MIN_SPIKE)
  if (many.length === 0) return []
  const before = await traffic.sumRefusals({ apiKeys, since: usualSince, until: recentSince })
  const nameOf = new Map(keys.map(({ apiKey, name }) => [apiKey, name]))
  return many
    .map(({ apiKey, code, count }) => {
      const sum = before.find((one) => one.apiKey === apiKey && one.code === code)?.count ?? 0
      const usual = (sum / USUAL_HOURS) * 2
      return { kind: 'refusals_spike' as const, apiKey, apiKeyName: nameOf.get(apiKey) ?? apiKey, code, count, usual }
    })
    .filter(({ count, usual }) => count > SPIKE_FACTOR * usual)
    .sort((one, other) => other.count - one.count)
}

async function findInSigningKeys(
  context: AttentionContext,
  keys: readonly ApiKey[],
): Promise<readonly (readonly KeyAttention[])[]> {
  const found: (readonly KeyAttention[])[] = []
  for (const key of keys) {
    found.push(judgeSigningKeys(context, key, await context.store.listSigningKeys(key.apiKey)))
    // Lets others run: SQLite answers without yielding.
    await nextTurn()
  }
  return found
}

function judgeSigningKeys(
  context: AttentionContext,
  { apiKey, name, policy }: ApiKey,
  signingKeys: readonly SealedSigningKey[],
): readonly KeyAttention[] {
  const { now, keyring } = context
  const ofKey = { apiKey, apiKeyName: name }
  const uses = new Map(countKeyUses(context, apiKey).map((use) => [use.keyId, use]))
  const used = signingKeys.map((key) => {
    const { sessions = 0, lastUsedAt = key.lastUsedAt } = uses.get(key.keyId) ?? {}
    return { ...key, sessions, lastUsedAt, state: stateOf(key, now) }
  })
  const items: KeyAttention[] = []
  if (policy.requireToken && used.every(({ state }) => state === 'retired')) {
    items.push({ kind: 'no_signing_key', ...ofKey })
  }
  for (const keyId of keyring.failedKeySetsOf(apiKey)) items.push({ kind: 'key_set_unreachable', ...ofKey, keyId })
  for (const key of used) {
    const others = used.filter(({ keyId }) => keyId !== key.keyId)
    const advice = adviseOnKey(key, others, now)
    if (advice === undefined) continue
    items.push({ kind: 'signing_key', ...ofKey, keyId: key.keyId, advice, retiresAt: key.retiresAt ?? null })
  }
  return items
}

async function findInWebhooks(
  { store }: AttentionContext,
  keys: readonly ApiKey[],
): Promise<readonly (readonly KeyAttention[])[]> {
  const found: (readonly KeyAttention[])[] = []
  for (const { apiKey, name } of keys) {
    const ofKey: KeyAttention[] = []
    for (const endpoint of await store.listEndpoints(apiKey)) {
      const kind = endpoint.isGone ? 'webhook_gone' : (await isFailing(store, endpoint)) ? 'webhook_failing' : undefined
      const { endpointId, url } = endpoint
      if (kind !== undefined) ofKey.push({ kind, apiKey, apiKeyName: name, endpointId, url })
    }
    found.push(ofKey)
    await nextTurn()
  }
  return found
}

/** An endpoint is failing while a delivery to it is being retried. */
async function isFailing(
  store: Pick<WebhookStore, 'listDeliveries'>,
  { endpointId, state }: Endpoint,
): Promise<boolean> {
  if (state !== 'active') return false
  return (await store.listDeliveries({ endpointId, state: 'retrying', limit: 1 })).length > 0
}
