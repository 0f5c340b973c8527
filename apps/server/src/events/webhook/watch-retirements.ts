import { createHash } from 'node:crypto'
import type { Clock } from '../../clock.ts'
import type { NewDelivery } from './delivery.ts'
import type { EndpointDirectory } from './directory.ts'
import type { IdGenerator } from './generate-id.ts'
import { MAX_DELIVERIES_PER_WRITE } from './outbox.ts'
import type { Retirement, WebhookStore } from './webhook-store.ts'
import { writeMessage } from './write-message.ts'

/** How often retired keys are looked for, in seconds. */
export const RETIREMENTS_SECONDS = 2
/** How far back the first look goes, in seconds, for keys that retired while no platform ran. Less than deliveries are kept. */
export const RETIREMENTS_BACK_SECONDS = 3 * 86_400
// Clocks differ, and a change may be committed a while after its timestamp was taken.
const OVERLAP_SECONDS = 60

export interface WatchRetirementsOptions {
  readonly store: Pick<WebhookStore, 'listRetirements' | 'addDeliveries'>
  readonly directory: Pick<EndpointDirectory, 'apiKeysThatWant' | 'whoWants'>
  readonly clock: Clock
  readonly generateId: IdGenerator
  readonly onWritten: () => void
  /** Called for the first of several failures in a row. */
  readonly onError: (error: unknown) => void
}

/**
 * Announces each signing key that retires. The message id is derived from the key and its retirement time, so each is announced once,
 * whichever platform looks and however often. Returns a function that stops it.
 */
export function watchRetirements({
  store,
  directory,
  clock,
  generateId,
  onWritten,
  onError,
}: WatchRetirementsOptions): () => void {
  let after = clock.now() - RETIREMENTS_BACK_SECONDS
  let told: ReadonlySet<string> = new Set()
  let failing = false
  let stopped = false
  let cancel = next()

  function next(): () => void {
    return clock.after(RETIREMENTS_SECONDS, () => void look())
  }

  async function look(): Promise<void> {
    const now = clock.now()
    try {
      const retirements = await store.listRetirements(directory.apiKeysThatWant('signing_key.retired'), after, now)
      const all = retirements.flatMap((retirement) => deliveriesOf(retirement, now))
      const fresh = all.filter(({ name }) => !told.has(name))
      for (let at = 0; at < fresh.length; at += MAX_DELIVERIES_PER_WRITE) {
        const batch = fresh.slice(at, at + MAX_DELIVERIES_PER_WRITE)
        await store.addDeliveries(batch.map(({ delivery }) => delivery))
        onWritten()
      }
      told = new Set(all.map(({ name }) => name))
      after = now - OVERLAP_SECONDS
      failing = false
    } catch (error) {
      if (!failing && !stopped) onError(error)
      failing = true
    }
    if (!stopped) cancel = next()
  }

  function deliveriesOf(
    retirement: Retirement,
    now: number,
  ): { readonly name: string; readonly delivery: NewDelivery }[] {
    const { apiKey, keyId, kind, retiresAt } = retirement
    const type = 'signing_key.retired'
    const data = { keyId, kind, retiredAt: new Date(retiresAt * 1000).toISOString() }
    const message = {
      messageId: messageIdOf(retirement),
      type,
      orderingKey: `signing key ${JSON.stringify(keyId)}`,
      payload: writeMessage({ apiKey, type, at: retiresAt, data }),
      createdAt: now,
    } as const
    return directory
      .whoWants(apiKey, type)
      .filter(({ createdAt }) => createdAt <= retiresAt)
      .map(({ endpointId }) => ({
        name: `${endpointId} ${message.messageId}`,
        delivery: { deliveryId: generateId('dlv_'), endpointId, ...message },
      }))
  }

  return () => {
    stopped = true
    cancel()
  }
}

function messageIdOf({ apiKey, keyId, retiresAt }: Retirement): string {
  const name = JSON.stringify([apiKey, keyId, retiresAt])
  return `msg_${createHash('sha256').update(name).digest('hex').slice(0, 40)}`
}
