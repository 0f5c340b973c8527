import { randomUUID } from 'node:crypto'
import { MAX_CLOCK_SKEW_SECONDS, type VerifiedClaims } from '@stagedoor/access-token'
import type { CloseReason, Permissions, ServerMessage, UserData } from '@stagedoor/protocol'
import type { Admission } from '../admission/admit.ts'
import { permissionsIn } from '../admission/permissions.ts'
import type { Lineage } from '../admission/registration-request.ts'
import { type ClientInfo, writeClientInfo } from '../refusal-log/write-report.ts'
import { NOT_QUEUED, type Timed } from './deadline-queue.ts'
import { Outbox } from './outbox.ts'
import { Pace } from './pace.ts'

/** Why a session has ended: it was closed, or its client went of its own will. */
export type EndReason = CloseReason | 'left'

/** The way to the client of a session. */
export interface Channel {
  /** How much waits to be sent, in bytes. */
  readonly unsentBytes: number
  /** Sends a message that is serialized already, so that one for many is serialized once. */
  send(text: string): void
  /** @param detail what to say of it, instead of the reason's own name. */
  close(reason: CloseReason, detail?: string): void
}

/** A client, by the id that it gave itself, and the number of its registration. */
export interface ClientAttempt {
  readonly clientId: string
  readonly attempt: number
}

/** How many tokens a session remembers to have presented: the first, and the newest of its renewals. */
export const MAX_LINEAGE_TOKENS = 64

type OnGone = (session: Session, reason: EndReason) => void

/** A registered user agent, until its token expires or is renewed. */
export class Session implements Timed {
  readonly id: string = randomUUID()
  /** When it was opened, in seconds since 1970. */
  readonly since: number
  /** The token that opened it; nothing, where none was needed. */
  readonly #first: PresentedToken | undefined
  /** The client that opened it, where that has named itself. */
  readonly client: ClientAttempt | undefined
  /** What resumes it. */
  ticket: string | undefined
  /** What resumed it last, until its client has proven that it knows the ticket that replaces it. */
  usedTicket: string | undefined
  /** How many frames it has received from its client. */
  received = 0
  /** When its token is announced to end or, where that was done, when the session is closed. */
  dueAt = 0
  place = NOT_QUEUED
  /** Whether its client was notified that the token is about to expire. */
  isEndAnnounced = false
  // Made when it is needed: most sessions are idle for most of the time.
  #pace: Pace | undefined
  readonly #onGone: OnGone
  #clientInfo: ClientInfo | undefined
  /** The way to the client; nothing while it is lost. */
  #channel: Channel | undefined
  #outbox: Outbox | undefined
  #admission: Admission
  /** The tokens between the first and the one in force, as many of the newest as are remembered. */
  #between: readonly PresentedToken[] = NONE

  /**
   * @param onGone called when the session has ended on this side, and why; the same for all of them.
   * @param clientInfo of the client that opened it.
   * @param client the client that opened it, where that has named itself.
   */
  constructor(
    admission: Admission,
    channel: Channel,
    onGone: OnGone,
    since: number,
    clientInfo?: ClientInfo,
    client?: ClientAttempt,
  ) {
    const { claims, keyId } = admission
    this.#first = claims && presentedOf(claims, keyId)
    this.#admission = admission
    this.#channel = channel
    this.#onGone = onGone
    this.since = since
    this.#clientInfo = clientInfo
    this.client = client
  }

  get apiKey(): string {
    return this.#admission.apiKey
  }

  get userId(): string {
    return this.#admission.userId
  }

  get userData(): UserData {
    return this.#admission.userData
  }

  /** The admission that is in force: the first, or that of the last renewal. */
  get admission(): Admission {
    return this.#admission
  }

  /** The client info of its registration, bounded and without secrets; `undefined` if unknown. */
  get clientInfo(): ClientInfo | undefined {
    return this.#clientInfo && writeClientInfo(this.#clientInfo)
  }

  /** What this session may do in a conversation, or nothing where it may not be in it. */
  permissionsIn(conversation: string): Permissions | undefined {
    return permissionsIn(conversation, this.#admission.grants, this.#admission.permissions)
  }

  send(message: ServerMessage): void {
    this.sendText(JSON.stringify(message))
  }

  sendText(text: string): void {
    this.#outbox ??= new Outbox()
    this.#outbox.push(text)
    this.#channel?.send(text)
    if (this.#outbox.isFull) this.#onGone(this, 'connection_lost')
  }

  /** Ends the session at once: a client that is slow to hang up is in no conversation any more. */
  close(reason: CloseReason, detail?: string): void {
    this.#channel?.close(reason, detail)
    this.#onGone(this, reason)
  }

  /** Whether its client is lost, and may come back. */
  get isLost(): boolean {
    return this.#channel === undefined
  }

  isOn(channel: Channel): boolean {
    return this.#channel === channel
  }

  /** The client is lost: what is sent to it is kept for when it comes back. */
  detach(): void {
    this.#channel = undefined
    this.#outbox ??= new Outbox()
    this.#outbox.lose()
    // Written down, here and where it comes back: a socket that is gone is not held, and knows nothing any more.
    this.#clientInfo = this.clientInfo
  }

  /**
   * The client is back on another connection, and has received that many messages; a connection that was still there is closed.
   * Returns what it has missed, or undefined if that is not kept any more.
   */
  attach(channel: Channel, received: number): readonly string[] | undefined {
    const missed = this.#outbox === undefined && received === 0 ? NOTHING_MISSED : this.#outbox?.resume(received)
    if (missed === undefined) return undefined
    const before = this.#channel
    this.#channel = channel
    this.#clientInfo = this.clientInfo
    before?.close('connection_lost')
    return missed
  }

  /** How many messages were sent to its client. */
  get sent(): number {
    return this.#outbox?.sent ?? 0
  }

  /** That many of the messages that were sent to its client have arrived. */
  confirm(received: number): void {
    this.#outbox?.confirm(received)
  }

  /** How much it has sent recently. */
  get pace(): Pace {
    this.#pace ??= new Pace()
    return this.#pace
  }

  /** How much waits to be sent to its client, in bytes. */
  get unsentBytes(): number {
    return this.#channel?.unsentBytes ?? 0
  }

  renew(admission: Admission): void {
    const { claims: before, keyId } = this.#admission
    this.#admission = admission
    if (before === undefined || before.jti === admission.claims?.jti || before.jti === this.#first?.jti) return
    const others = this.#between.filter((token) => token.jti !== before.jti)
    this.#between = [...others, presentedOf(before, keyId)].slice(2 - MAX_LINEAGE_TOKENS)
  }

  /** Every token that it has presented, as far as it is remembered. */
  get lineage(): Lineage {
    const tokens = this.#presented
    return {
      tokenIds: tokens.map(({ jti }) => jti),
      subjectTokens: tokens.map(({ subjectToken }) => subjectToken).filter((hash) => hash !== undefined),
      keyIds: tokens.map(({ keyId }) => keyId),
      openedAt: this.since,
    }
  }

  /** Every token that it has presented and that may still be good, by `jti`: what must be revoked to keep it out. */
  listTokenIds(now: number): readonly string[] {
    const presented = this.#presented
    // Of the first and the one in force it is not asked: of most sessions there are no others.
    const good = presented.filter((token, at) => at === 0 || at === presented.length - 1 || mayBeGood(token, now))
    return [...new Set(good.map(({ jti }) => jti))]
  }

  get #presented(): readonly PresentedToken[] {
    const { claims, keyId } = this.#admission
    const current = claims && presentedOf(claims, keyId)
    return [this.#first, ...this.#between, current].filter((token) => token !== undefined)
  }
}

interface PresentedToken extends Pick<VerifiedClaims, 'jti' | 'exp'> {
  /** The hash of the token that it was exchanged for. */
  readonly subjectToken: string | undefined
  readonly keyId: string | undefined
}

function presentedOf({ jti, exp, subject_token_hash }: VerifiedClaims, keyId: string | undefined): PresentedToken {
  return { jti, exp, subjectToken: subject_token_hash, keyId }
}

const NOTHING_MISSED: readonly string[] = []
// Shared, so that a session that never renews costs nothing more.
const NONE: readonly PresentedToken[] = []

function mayBeGood({ exp }: PresentedToken, now: number): boolean {
  return exp + MAX_CLOCK_SKEW_SECONDS > now
}
