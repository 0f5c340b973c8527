import type { Clock } from '../clock.ts'
import type { Conversation } from '../conversation/conversation.ts'
import type { ConversationWatch } from '../conversation/conversations.ts'
import type { RefusalReport } from '../refusal-log/report.ts'
import type { EndReason, Session } from '../session/session.ts'

/** How long changes are gathered before they are told together, in seconds. */
export const BATCH_SECONDS = 0.25
/** The most sessions that one beat tells of, and the most conversations; where there were more, it tells only that. */
export const MAX_CHANGES_PER_BATCH = 500

/** What has become of the live things of an API key within one beat. */
export interface Batch {
  readonly sessions: {
    readonly opened: readonly Session[]
    readonly changed: readonly Session[]
    readonly closed: readonly { readonly sessionId: string; readonly reason: EndReason }[]
  }
  /** The names of those that somebody came into or went out of, or that have another stream, or one less. */
  readonly conversations: readonly string[]
  readonly refusals: { readonly count: number; readonly latestRefusalId: string } | undefined
  /** More has changed than one beat tells: sessions and conversations are left out. */
  readonly isTooMuch: boolean
}

type Follower = (beat: Batch) => void
type SessionChange = 'opened' | 'changed' | { readonly reason: EndReason }

/** Tells followers of an API key what changes in it, some times a second at most. Costs nothing where nobody follows. */
export class LiveFeed implements ConversationWatch {
  readonly #clock: Clock
  readonly #collectors = new Map<string, Collector>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Tells of what changes from now on; of what has changed within the same beat before, too. Answers how to stop. */
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
    // A session opened in this batch is sent whole, and one that was closed does not change any more.
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
