import { WriteBehind } from '../../background/write-behind.ts'
import type { Clock } from '../../clock.ts'
import type { Seal } from '../../vault/seal.ts'
import type { AuditEntry, AuditTrail } from '../audit.ts'
import { AttemptSlots, type Claimed, MAX_ATTEMPTS_AT_ONCE } from './attempt-slots.ts'
import { secretsInUse } from './change-endpoints.ts'
import type { Attempt, Delivery, Settlement } from './delivery.ts'
import type { EndpointDirectory } from './directory.ts'
import type { Endpoint, SealedEndpoint } from './endpoint.ts'
import { POST_TIMEOUT_SECONDS, type Post, type Posted } from './post.ts'
import { readRetryAfter } from './read-retry-after.ts'
import { openSecrets } from './seal-secrets.ts'
import { isTaken, settleAttempt } from './settle-attempt.ts'
import { signMessage } from './sign-message.ts'
import type { WebhookStore } from './webhook-store.ts'

/** How often the store is queried for due deliveries, in seconds; deliveries of this process are sent immediately. */
export const LOOK_SECONDS = 0.5
/** How long a claimed delivery is reserved, in seconds: longer than an attempt takes. */
export const LEASE_SECONDS = POST_TIMEOUT_SECONDS + 10
/** The delay before outcomes of attempts are written, in seconds. */
export const SETTLE_SECONDS = 0.05

// The responses that may say when to retry (RFC 9110 section 10.2.3, RFC 6585 section 4).
const ASK_FOR_TIME: readonly number[] = [429, 503]

export interface DispatcherStore extends Pick<WebhookStore, 'claimDeliveries' | 'settleDeliveries'> {
  /** Makes several changes in one transaction. */
  transaction<T>(run: (records: SettlementStore) => Promise<T>): Promise<T>
}

export type SettlementStore = Pick<WebhookStore, 'settleDeliveries'> & Pick<AuditTrail, 'appendAudit'>

export interface DispatcherOptions {
  readonly store: DispatcherStore
  readonly directory: Pick<EndpointDirectory, 'find'>
  readonly seal: Seal
  readonly clock: Clock
  readonly post: Post
  /** Returns a random number from 0 to 1. */
  readonly random: () => number
  /** The `User-Agent` of requests. */
  readonly userAgent: string
  /** Called for the first of several failures in a row. */
  readonly onError: (error: unknown) => void
  /** Called with an outcome that the store rejects; the delivery is retried when its lease expires. */
  readonly onSetAside: (settlement: Settlement, error: unknown) => void
  /** Called with an endpoint that was disabled because it answered 410. */
  readonly onGone: (endpoint: Endpoint) => void
}

/** Delivers what is due: at least once, and in order for each ordering key. */
export class Dispatcher {
  readonly #options: DispatcherOptions
  readonly #settler: WriteBehind<Settlement>
  readonly #stop = new AbortController()
  readonly #slots: AttemptSlots
  /** Until when an endpoint asked for a pause. Other platforms find that out separately. */
  readonly #leftAloneUntil = new Map<string, number>()
  readonly #attempts = new Set<Promise<void>>()
  #cancel: () => void
  #looking: Promise<void> | undefined
  #lookAgain = false
  #isLost = false

  constructor(options: DispatcherOptions) {
    const { clock, directory, onError, onSetAside } = options
    this.#options = options
    this.#slots = new AttemptSlots((endpointId) => directory.find(endpointId)?.apiKey)
    this.#settler = new WriteBehind({
      write: (settlements) => this.#settle(settlements),
      seconds: SETTLE_SECONDS,
      mostPerWrite: MAX_ATTEMPTS_AT_ONCE,
      clock,
      onError,
      onSetAside: (settlement, error) => {
        this.#slots.release(settlement.endpointId)
        onSetAside(settlement, error)
      },
    })
    this.#cancel = this.#next()
  }

  /** Looks for due deliveries immediately. */
  wake(): void {
    if (this.#stop.signal.aborted) return
    this.#lookAgain = true
    this.#looking ??= this.#look().finally(() => {
      this.#looking = undefined
    })
  }

  /** Aborts attempts in progress, which then do not count, and writes the known outcomes. */
  async close(): Promise<void> {
    this.#stop.abort()
    this.#cancel()
    await this.#looking
    await Promise.all(this.#attempts)
    await this.#settler.close()
  }

  #next(): () => void {
    return this.#options.clock.after(LOOK_SECONDS, () => {
      this.#cancel = this.#next()
      this.wake()
    })
  }

  async #look(): Promise<void> {
    const { store, clock, onError } = this.#options
    while (this.#lookAgain && !this.#stop.signal.aborted) {
      this.#lookAgain = false
      const now = clock.now()
      try {
        const claimed = await store.claimDeliveries({
          now,
          leasedUntil: now + LEASE_SECONDS,
          limit: this.#slots.free,
          roomOf: (endpointId, claimed) => this.#roomOf(endpointId, claimed, now),
        })
        this.#isLost = false
        for (const delivery of claimed) this.#begin(delivery)
      } catch (error) {
        if (!this.#isLost) onError(error)
        this.#isLost = true
      }
    }
  }

  #roomOf(endpointId: string, claimed: Claimed, now: number): number {
    if (now < (this.#leftAloneUntil.get(endpointId) ?? 0)) return 0
    this.#leftAloneUntil.delete(endpointId)
    return this.#slots.roomOf(endpointId, claimed)
  }

  #begin(delivery: Delivery): void {
    this.#slots.take(delivery.endpointId)
    const attempt = this.#attempt(delivery)
      .catch((error) => {
        this.#options.onError(error)
        return unchanged(delivery, this.#options.clock.now() + LOOK_SECONDS)
      })
      .then((settlement) => {
        this.#settler.add(settlement)
        this.#attempts.delete(attempt)
      })
    this.#attempts.add(attempt)
  }

  async #attempt(delivery: Delivery): Promise<Settlement> {
    const { directory, clock, random } = this.#options
    const endpoint = directory.find(delivery.endpointId)
    const at = clock.now()
    // It was just changed, and will be known here in a moment.
    if (endpoint?.state !== 'active' || this.#stop.signal.aborted) return unchanged(delivery, at + LOOK_SECONDS)
    const outcome = await this.#send(endpoint, delivery, at)
    const now = clock.now()
    if (this.#stop.signal.aborted && 'reason' in outcome) return unchanged(delivery, now)
    const attempt: Attempt = { at, millis: Math.round((now - at) * 1000), ...whatBecame(outcome) }
    const atLeastSeconds =
      'status' in outcome && ASK_FOR_TIME.includes(outcome.status) ? readRetryAfter(outcome.retryAfter, now) : undefined
    this.#slots.record(delivery.endpointId, isTaken(attempt.status))
    if (atLeastSeconds !== undefined) this.#leftAloneUntil.set(delivery.endpointId, now + atLeastSeconds)
    return settleAttempt(delivery, attempt, now, { random: random(), atLeastSeconds })
  }

  #send(endpoint: SealedEndpoint, delivery: Delivery, now: number) {
    const { seal, post, userAgent } = this.#options
    const secrets = secretsInUse(openSecrets(seal, endpoint), now)
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(delivery.payload)),
      'user-agent': userAgent,
      ...signMessage(delivery, secrets, now),
    }
    return post(endpoint.url, headers, delivery.payload, this.#stop.signal)
  }

  async #settle(settlements: readonly Settlement[]): Promise<void> {
    const { store, clock, onGone } = this.#options
    const now = clock.now()
    if (settlements.some(({ isGone }) => isGone)) {
      const gone = await store.transaction(async (records) => {
        const disabled = await records.settleDeliveries(settlements, now)
        for (const endpoint of disabled) await records.appendAudit(entryOf(endpoint, now))
        return disabled
      })
      for (const endpoint of gone) onGone(endpoint)
    } else {
      await store.settleDeliveries(settlements, now)
    }
    for (const { endpointId } of settlements) this.#slots.release(endpointId)
    this.wake()
  }
}

/** Returns it as if it had not been tried. */
function unchanged(delivery: Delivery, dueAt: number): Settlement {
  const { deliveryId, endpointId, orderingKey, attempts, tries } = delivery
  return { deliveryId, endpointId, orderingKey, attempts, tries, state: 'pending', dueAt, isGone: false }
}

function whatBecame(outcome: Posted): Pick<Attempt, 'status' | 'reason'> {
  if (!('status' in outcome)) return outcome
  const { status } = outcome
  if (isTaken(status)) return { status }
  const isRedirect = status >= 300 && status < 400
  return {
    status,
    reason: isRedirect
      ? 'the endpoint answered with a redirect, which is not followed'
      : `the endpoint answered ${status}`,
  }
}

/** The endpoint caused it, not a user, so the platform is the actor. */
function entryOf({ apiKey, endpointId, url }: Endpoint, now: number): AuditEntry {
  return {
    at: now,
    actor: { kind: 'platform', id: undefined, name: undefined },
    address: undefined,
    action: 'webhook.disabled',
    apiKey,
    subject: endpointId,
    before: { url, state: 'active' },
    after: { url, state: 'disabled', isGone: true },
  }
}
