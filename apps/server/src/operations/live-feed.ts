import type { Clock } from '../clock.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { ConversationWatch } from '../conversation/conversations.ts'
import type { RefusalReport } from '../refusal-log/report.ts'
import type { EndReason, Session } from '../session/session.ts'

/** How long changes are collected before they are sent together, in seconds. */
export const BATCH_SECONDS = 0.25
/** The most sessions, and the most conversations, in one batch; beyond it, the batch says only that there were more. */
export const MAX_CHANGES_PER_BATCH = 500

/** The live changes of an API key in one batch. */
export interface Batch {
  readonly sessions: {
    readonly opened: readonly Session[]
    readonly changed: readonly Session[]
    readonly closed: readonly { readonly sessionId: string; readonly reason: EndReason }[]
  }
  /** The names of conversations whose members or streams changed. */
  readonly conversations: readonly string[]
  readonly refusals: { readonly count: number; readonly latestRefusalId: string } | undefined
  /** There were too many changes for one batch: sessions and conversations are omitted. */
  readonly isTooMuch: boolean
}

type Follower = (beat: Batch) => void
type SessionChange = 'opened' | 'changed' | { readonly reason: EndReason }

/** Notifies followers of an API key of its changes, a few times a second at most. Costs nothing without followers. */
export class LiveFeed implements ConversationWatch {
  readonly #clock: Clock
  readonly #collectors = new Map<string, Collector>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Subscribes to changes from now on, including earlier ones in the current batch. Returns a function that stops it. */
  follow(apiKey: string, follower: Follower): () => void {
    const collector = this.#collectors.get(apiKey) ?? new Collector(this.#clock)
    this.#collectors.set(apiKey, collector)
    collector.followers.add(follower)
    return () => {
      collector.followers.delete(follower)
      if (collector.followers.size > 0 || this.#collectors.get(apiKey) !== collector) return
      collector.stop()
      this.#collectors.delete(apiKey)
    }
  }

  opened(session: Session): void {
    this.#collectors.get(session.apiKey)?.note(session, 'opened')
  }

  changed(session: Session): void {
    this.#collectors.get(session.apiKey)?.note(session, 'changed')
  }

  closed(session: Session, reason: EndReason): void {
    this.#collectors.get(session.apiKey)?.note(session, { reason })
  }

  refused({ apiKey, refusalId }: Pick<RefusalReport, 'apiKey' | 'refusalId'>): void {
    this.#collectors.get(apiKey)?.recordRefusal(refusalId)
  }

  onChange(apiKey: string, { name }: Conversation, mover: Session | undefined): void {
    const collector = this.#collectors.get(apiKey)
    collector?.recordConversation(name)
    if (mover !== undefined) collector?.note(mover, 'changed')
  }
}

class Collector {
  readonly followers = new Set<Follower>()
  readonly #clock: Clock
  readonly #sessions = new Map<Session, SessionChange>()
  readonly #conversations = new Set<string>()
  #refusals: { count: number; latestRefusalId: string } | undefined
  #isTooMuch = false
  #cancel: (() => void) | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  note(session: Session, change: SessionChange): void {
    this.#schedule()
    if (this.#isTooMuch) return
    const before = this.#sessions.get(session)
    // A session opened in this batch is sent with all its data, and a closed one does not change any more.
    if (before === undefined || typeof change === 'object') this.#sessions.set(session, change)
    if (this.#sessions.size > MAX_CHANGES_PER_BATCH) this.#giveUp()
  }

  recordConversation(name: string): void {
    this.#schedule()
    if (this.#isTooMuch) return
    this.#conversations.add(name)
    if (this.#conversations.size > MAX_CHANGES_PER_BATCH) this.#giveUp()
  }

  recordRefusal(refusalId: string): void {
    this.#schedule()
    this.#refusals = { count: (this.#refusals?.count ?? 0) + 1, latestRefusalId: refusalId }
  }

  stop(): void {
    this.#cancel?.()
  }

  #schedule(): void {
    this.#cancel ??= this.#clock.after(BATCH_SECONDS, () => this.#tell())
  }

  #giveUp(): void {
    this.#isTooMuch = true
    this.#sessions.clear()
    this.#conversations.clear()
  }

  #tell(): void {
    const changes = [...this.#sessions]
    const those = (change: SessionChange) => changes.flatMap(([session, found]) => (found === change ? [session] : []))
    const beat: Batch = {
      sessions: {
        opened: those('opened'),
        changed: those('changed'),
        closed: changes.flatMap(([{ id: sessionId }, change]) =>
          typeof change === 'object' ? [{ sessionId, reason: change.reason }] : [],
        ),
      },
      conversations: [...this.#conversations],
      refusals: this.#refusals,
      isTooMuch: this.#isTooMuch,
    }
    this.#cancel = undefined
    this.#sessions.clear()
    this.#conversations.clear()
    this.#refusals = undefined
    this.#isTooMuch = false
    for (const tell of this.followers) tell(beat)
  }
}
