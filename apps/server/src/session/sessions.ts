import { RESUME_SECONDS } from '@stagedoor/protocol'
import type { Admission } from '../admission/admit.ts'
import type { Clock } from '../clock.ts'
import type { ClientInfo } from '../refusal-log/write-report.ts'
import { Expiry } from './expiry.ts'
import { type Channel, type ClientAttempt, type EndReason, Session } from './session.ts'
import { Tickets } from './tickets.ts'

/** The live sessions of this process. */
export class Sessions {
  readonly #live = new Set<Session>()
  /** By API key and user id, in the order in which they were opened. */
  readonly #byUser = new Map<string, Map<string, OfUser>>()
  /** Those whose client is lost, each with its end and what calls that off. */
  readonly #lost = new Map<Session, { readonly until: number; readonly cancel: () => void }>()
  readonly #tickets = new Tickets()
  readonly #expiry: Expiry
  readonly #clock: Clock
  readonly #onEnd: (session: Session, reason: EndReason) => void
  readonly #onOpen: (session: Session) => void
  readonly #onChange: (session: Session) => void
  readonly #onGone = (session: Session, reason: EndReason): void => this.end(session, reason)

  /**
   * @param onEnd called with each session that has ended, after it is live no more.
   * @param onOpen called with each that is opened.
   * @param onChange called with each whose client was lost or is back, or that was renewed.
   */
  constructor(
    clock: Clock,
    onEnd: (session: Session, reason: EndReason) => void,
    onOpen: (session: Session) => void = () => {},
    onChange: (session: Session) => void = () => {},
  ) {
    this.#clock = clock
    this.#expiry = new Expiry(clock)
    this.#onEnd = onEnd
    this.#onOpen = onOpen
    this.#onChange = onChange
  }

  get size(): number {
    return this.#live.size
  }

  /** What resumes sessions. */
  get tickets(): Tickets {
    return this.#tickets
  }

  has(session: Session): boolean {
    return this.#live.has(session)
  }

  /** Every one, in the order in which they were opened. */
  all(): Iterable<Session> {
    return this.#live
  }

  /** The one of that id. */
  find(sessionId: string): Session | undefined {
    for (const session of this.#live) if (session.id === sessionId) return session
    return undefined
  }

  /** The sessions of a user, the oldest first. */
  of(apiKey: string, userId: string): ReadonlySet<Session> {
    const found = this.#byUser.get(apiKey)?.get(userId)
    return found === undefined ? NONE : asSet(found)
  }

  /** The sessions of an API key, user by user. */
  usersOf(apiKey: string): readonly ReadonlySet<Session>[] {
    return [...(this.#byUser.get(apiKey)?.values() ?? [])].map(asSet)
  }

  open(admission: Admission, channel: Channel, clientInfo?: ClientInfo, client?: ClientAttempt): Session {
    const session = new Session(admission, channel, this.#onGone, this.#clock.now(), clientInfo, client)
    this.#live.add(session)
    this.#recordUserOf(session)
    this.#expiry.watch(session)
    this.#onOpen(session)
    return session
  }

  /** Keeps a session whose client is lost, for as long as it may come back. */
  suspend(session: Session): void {
    if (!this.#live.has(session)) return
    session.detach()
    const until = this.#clock.now() + RESUME_SECONDS
    const cancel = this.#clock.after(RESUME_SECONDS, () => this.end(session, 'connection_lost'))
    this.#lost.set(session, { until, cancel })
    this.#onChange(session)
  }

  /** Until when a client that is lost may come back, in seconds since 1970; nothing for one that is there. */
  reconnectUntil(session: Session): number | undefined {
    return this.#lost.get(session)?.until
  }

  /** Takes a session whose client is back and has received that many messages. Returns what it has missed, if that is still kept. */
  resume(session: Session, channel: Channel, received: number): readonly string[] | undefined {
    const missed = session.attach(channel, received)
    if (missed === undefined) return undefined
    this.#lost.get(session)?.cancel()
    this.#lost.delete(session)
    this.#onChange(session)
    return missed
  }

  /** Puts a fresh admission in force: a new end, and whatever the fresh token allows. */
  renew(session: Session, admission: Admission): void {
    if (!this.#live.has(session)) return
    const before = session.admission
    session.renew(admission)
    this.#expiry.watch(session, before)
    this.#onChange(session)
  }

  end(session: Session, reason: EndReason = 'left'): void {
    if (!this.#live.delete(session)) return
    this.#lost.get(session)?.cancel()
    this.#lost.delete(session)
    this.#tickets.forget(session)
    this.#forgetUserOf(session)
    this.#expiry.forget(session)
    this.#onEnd(session, reason)
  }

  #recordUserOf(session: Session): void {
    const { apiKey, userId } = session
    const users = this.#byUser.get(apiKey) ?? new Map<string, OfUser>()
    this.#byUser.set(apiKey, users)
    const before = users.get(userId)
    if (before === undefined) users.set(userId, session)
    else if (before instanceof Session) users.set(userId, new Set([before, session]))
    else before.add(session)
  }

  #forgetUserOf(session: Session): void {
    const users = this.#byUser.get(session.apiKey)
    const found = users?.get(session.userId)
    if (found instanceof Set) found.delete(session)
    if (found === session || (found instanceof Set && found.size === 0)) users?.delete(session.userId)
    if (users?.size === 0) this.#byUser.delete(session.apiKey)
  }
}

/** The sessions of a user. Most users have one, and a set of its own would be a thirtieth of what that one holds in memory. */
type OfUser = Session | Set<Session>

const NONE: ReadonlySet<Session> = new Set()

function asSet(found: OfUser): ReadonlySet<Session> {
  return found instanceof Session ? new Set([found]) : found
}
