import type { AnswerTo, Requester } from '../connection/messages.ts'
import { Waiting } from '../deferred.ts'
import { ConnectionError, FailedError, SessionLostError, SupersededError } from '../errors.ts'
import { unlessAborted } from '../limit-wait.ts'
import { Reconciler } from '../reconciler.ts'

export interface MembershipOptions {
  readonly conversation: string
  readonly host: Requester & { readonly hasEnded: boolean; readonly isConnected: boolean }
  /** Called with what the gate answers when the session is in the conversation, for the first time or again after another was opened. */
  readonly onEntered: (joined: AnswerTo<'join'>, isFirst: boolean) => void
  /** Called when the application, the gate or the end of the session ends the membership. */
  readonly onEnded: (error: Error) => void
  /** Called when there begins or ceases to be something to do. */
  readonly onUse: (isInUse: boolean) => void
}

/**
 * Whether the session is in one conversation: what the application wants, and what the gate has. Calls only change what is wanted; one
 * loop brings the gate to that, so the last call wins.
 */
export class Membership {
  readonly #options: MembershipOptions
  readonly #joining = new Waiting<void>()
  readonly #reconciler = new Reconciler(() => this.#advance())
  #isWanted = false
  /** Whether the gate has the session of the moment in the conversation. */
  #isHeld = false
  /** Whether what is known here, of contacts and streams, is of the membership that the application wants. */
  #isCurrent = false

  constructor(options: MembershipOptions) {
    this.#options = options
  }

  get isWanted(): boolean {
    return this.#isWanted
  }

  /** Whether the application has been told that it is in, and not yet that it has left. */
  get isCurrent(): boolean {
    return this.#isCurrent
  }

  /** Whether the gate has the session in the conversation, as far as is known: the connection may be lost at this moment. */
  get isIn(): boolean {
    return this.#isHeld && this.#isCurrent
  }

  get isJoined(): boolean {
    return this.isIn && this.#options.host.isConnected
  }

  /** Resolves when the session is in the conversation. */
  async join(signal: AbortSignal | undefined): Promise<void> {
    if (this.#options.host.hasEnded) throw new ConnectionError('The session has ended')
    if (this.isJoined) return
    this.#isWanted = true
    const joined = this.#joining.add()
    void this.reconcile()
    await unlessAborted(joined, signal, () => {
      // Others may still wait for it.
      if (!this.#isCurrent && this.#joining.size <= 1)
        this.#options.onEnded(new SupersededError('The join was aborted'))
      void this.reconcile()
    })
  }

  /** Carries out a request as a member, and again in the next session if this one is lost. */
  async carryOut(request: () => Promise<unknown>): Promise<void> {
    for (;;) {
      if (this.#options.host.hasEnded) throw new ConnectionError('The session has ended')
      if (!this.#isWanted) throw notJoined()
      if (!this.isIn) await this.#joining.add()
      try {
        await request()
        return
      } catch (error) {
        if (!(error instanceof SessionLostError)) throw error
      }
    }
  }

  /** It is not wanted any more. */
  end(error: Error): void {
    this.#isWanted = false
    this.#isCurrent = false
    this.#joining.reject(error)
    this.#noteUse(this.#reconciler.isRunning)
  }

  /** The gate has removed the session, or another session was opened. */
  lose(): void {
    this.#isHeld = false
  }

  /** The same session goes on. */
  resume(): void {
    if (this.isJoined) this.#joining.resolve()
  }

  /** Brings the gate to what is wanted. Resolves when it is there, or cannot be brought there. */
  async reconcile(): Promise<void> {
    this.#noteUse(true)
    await this.#reconciler.run()
    this.#noteUse(this.#reconciler.isRunning)
  }

  #noteUse(isReconciling: boolean): void {
    this.#options.onUse(this.#isWanted || this.#isHeld || isReconciling)
  }

  /** Makes the next request that is needed. Returns whether none was. */
  async #advance(): Promise<boolean> {
    const { conversation, host, onEnded } = this.#options
    const isStale = this.#isHeld && !this.#isCurrent
    if (host.hasEnded || (this.#isWanted === this.#isHeld && !isStale)) return true
    try {
      if (this.#isHeld) await host.request({ type: 'leave', conversation }, () => this.lose())
      else await host.request({ type: 'join', conversation }, (joined) => this.#entered(joined))
    } catch (error) {
      // Another session was opened, and knows nothing of this: on from there.
      if (error instanceof SessionLostError) return false
      if (this.#isHeld) this.lose()
      else onEnded(error as Error)
    }
    return false
  }

  #entered(joined: AnswerTo<'join'>): void {
    this.#isHeld = true
    // Left again meanwhile.
    if (!this.#isWanted) return
    const isFirst = !this.#isCurrent
    this.#isCurrent = true
    this.#options.onEntered(joined, isFirst)
    this.#joining.resolve()
  }
}

export function notJoined(): FailedError {
  return new FailedError({ code: 'conversation_not_joined', message: 'Join the conversation first.' })
}
