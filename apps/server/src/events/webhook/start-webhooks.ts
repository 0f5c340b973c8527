import type { Clock } from '../../clock.ts'
import type { Log } from '../../observe/log.ts'
import type { RecordKind } from '../../observe/record-kind.ts'
import type { Seal } from '../../vault/seal.ts'
import type { Announce } from '../event.ts'
import { EndpointDirectory } from './directory.ts'
import { Dispatcher, type DispatcherStore } from './dispatcher.ts'
import { createIdGenerator } from './generate-id.ts'
import { Outbox } from './outbox.ts'
import { createPost } from './post.ts'
import { watchRetirements } from './watch-retirements.ts'
import type { WebhookStore } from './webhook-store.ts'

/** How long deliveries are kept, whatever their state, in seconds: 7 days. */
export const KEEP_DELIVERIES_SECONDS = 7 * 86_400

export interface WebhooksOptions {
  readonly store: WebhookStore & DispatcherStore
  readonly seal: Seal
  readonly clock: Clock
  readonly log: Log
  /** Whether private addresses and `http:` are allowed. */
  readonly toPrivate: boolean
  readonly version: string
  /** Called with a record that the store rejects. */
  readonly onSetAside: (kind: RecordKind, error: unknown) => void
}

export interface Webhooks {
  readonly announce: Announce
  readonly directory: EndpointDirectory
  /** Writes pending events and stops delivering. */
  close(): Promise<void>
}

/** Assembles the parts of webhooks and starts delivering. */
export async function startWebhooks({
  store,
  seal,
  clock,
  log,
  toPrivate,
  version,
  onSetAside,
}: WebhooksOptions): Promise<Webhooks> {
  const directory = new EndpointDirectory(store)
  await directory.refresh()
  const generateId = createIdGenerator(clock.now)
  const setAside = (kind: RecordKind) => (_record: unknown, error: unknown) => onSetAside(kind, error)
  const dispatcher = new Dispatcher({
    store,
    directory,
    seal,
    clock,
    post: createPost(toPrivate),
    random: Math.random,
    userAgent: `Stagedoor/${version}`,
    onError: (error) => log.error(error, 'webhooks cannot be delivered; they are tried again'),
    onSetAside: setAside('outcome'),
    onGone: ({ apiKey, endpointId }) => log.warn({ apiKey, endpointId }, 'a webhook is disabled: it answered 410'),
  })
  const onWritten = () => dispatcher.wake()
  const outbox = new Outbox({
    store,
    directory,
    clock,
    generateId,
    onWritten,
    onError: (error) => log.error(error, 'events cannot be written; they are kept and tried again'),
    onSetAside: setAside('delivery'),
    onOverflow: (overflow) => log.warn(overflow, 'too many deliveries wait for a webhook: the oldest are given up'),
    onLost: () => log.error('events are lost: too many wait while the store does not answer'),
  })
  const stopWatching = watchRetirements({
    store,
    directory,
    clock,
    generateId,
    onWritten,
    onError: (error) => log.error(error, 'the ends of signing keys cannot be told of; they are tried again'),
  })
  return {
    announce: outbox.add,
    directory,
    async close() {
      stopWatching()
      await outbox.close()
      await dispatcher.close()
    },
  }
}
