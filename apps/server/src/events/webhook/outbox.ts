import { WriteBehind } from '../../background/write-behind.ts'
import type { Clock } from '../../clock.ts'
import type { Announce } from '../event.ts'
import type { NewDelivery, Overflow } from './delivery.ts'
import type { EndpointDirectory } from './directory.ts'
import type { IdGenerator } from './generate-id.ts'
import type { WebhookStore } from './webhook-store.ts'
import { writeMessage } from './write-message.ts'

/** The delay before events are written to the store, in seconds. */
export const OUTBOX_SECONDS = 0.1
/** The most deliveries of one write; the others follow immediately. */
export const MAX_DELIVERIES_PER_WRITE = 500
/** The most deliveries that wait in memory while the store does not answer; others are lost. */
export const MAX_UNWRITTEN_DELIVERIES = 20_000

export interface OutboxOptions {
  readonly store: Pick<WebhookStore, 'addDeliveries'>
  readonly directory: Pick<EndpointDirectory, 'whoWants'>
  readonly clock: Clock
  readonly generateId: IdGenerator
  /** Called after each write. */
  readonly onWritten: () => void
  readonly onError: (error: unknown) => void
  /** Called with a delivery that the store rejects. */
  readonly onSetAside: (delivery: NewDelivery, error: unknown) => void
  /** Called for the first of several writes in a row that gave up older deliveries of an endpoint. */
  readonly onOverflow: (overflow: Overflow) => void
  /** Called for the first of several lost events in a row, when too many wait. */
  readonly onLost: () => void
}

/** Collects events and writes them in the background for each subscribed endpoint. Others are not written. */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #writer: WriteBehind<NewDelivery>

  constructor(options: OutboxOptions) {
    const { store, clock, onWritten, onOverflow, onError, onSetAside, onLost } = options
    let overflowing: ReadonlySet<string> = new Set()
    this.#options = options
    this.#writer = new WriteBehind({
      async write(deliveries) {
        const overflows = await store.addDeliveries(deliveries)
        for (const overflow of overflows) if (!overflowing.has(overflow.endpointId)) onOverflow(overflow)
        // Endpoints without a write now keep their state.
        const written = new Set(deliveries.map(({ endpointId }) => endpointId))
        const before = [...overflowing].filter((endpointId) => !written.has(endpointId))
        overflowing = new Set([...before, ...overflows.map(({ endpointId }) => endpointId)])
        onWritten()
      },
      seconds: OUTBOX_SECONDS,
      mostPerWrite: MAX_DELIVERIES_PER_WRITE,
      mostWaiting: MAX_UNWRITTEN_DELIVERIES,
      clock,
      onError,
      onSetAside,
      onLost,
    })
  }

  readonly add: Announce = (apiKey, type, describe) => {
    const { directory, generateId } = this.#options
    const endpoints = directory.whoWants(apiKey, type)
    if (endpoints.length === 0) return
    const { orderingKey, at, data } = describe()
    const payload = writeMessage({ apiKey, type, at, data })
    const message = { messageId: generateId('msg_'), type, orderingKey, payload, createdAt: at }
    for (const { endpointId } of endpoints) this.#writer.add({ deliveryId: generateId('dlv_'), endpointId, ...message })
  }

  /** Writes pending deliveries, as far as the store answers. */
  close(): Promise<void> {
    return this.#writer.close()
  }
}
