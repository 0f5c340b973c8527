import type { Admission } from '../admission/admit.ts'
import { answerKnock } from '../admission/answer-knock.ts'
import type { Credentials, Facts, Knock } from '../admission/knock.ts'
import type { Refusal } from '../admission/refusal.ts'
import type { Clock } from '../clock.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { Channel, Session } from './session.ts'
import type { Sessions } from './sessions.ts'
import { Turnstile } from './turnstile.ts'
import { UsedTokens } from './used-tokens.ts'

/** A session that goes on, with what its client has missed. */
export interface Resumption {
  readonly session: Session
  readonly missed: readonly string[]
}

export type KeyringOfDoor = Pick<Keyring, 'find' | 'fetchKeysFor' | 'uses'>

/** Where knocks become sessions. A decision and what follows from it are one step, which nothing comes between. */
export class Door {
  readonly #keyring: KeyringOfDoor
  readonly #sessions: Sessions
  readonly #clock: Clock
  readonly #used: UsedTokens
  readonly #turnstile = new Turnstile()

  constructor(keyring: KeyringOfDoor, sessions: Sessions, clock: Clock, used = new UsedTokens()) {
    this.#keyring = keyring
    this.#sessions = sessions
    this.#clock = clock
    this.#used = used
  }

  /** Fetches the published key that a token needs, where it is not here yet. Answers what to wait for, if anything. */
  fetchKeysFor(apiKey: string, token: string | undefined): Promise<void> | undefined {
    return this.#keyring.fetchKeysFor(apiKey, token)
  }

  /** Counts a knock of its address, whatever it brings, and refuses it where too many have come. */
  countKnock(knock: Pick<Knock, 'apiKey' | 'address'>): Refusal | undefined {
    return this.#turnstile.countKnock(knock, this.#keyring.find(knock.apiKey), this.#clock.now())
  }

  /** Decides on a knock, and changes nothing. */
  answer(knock: Knock): Admission | Refusal {
    return this.#decide(knock, (credentials) => ({
      liveSessions: this.#sessions.of(knock.apiKey, knock.id).size,
      isUsed: this.#isUsed(credentials),
      registrationWaitSeconds: this.#turnstile.waitOf(
        { apiKey: knock.apiKey, userId: knock.id },
        this.#keyring.find(knock.apiKey),
        this.#clock.now(),
      ),
    }))
  }

  /** Opens the session of an admission that was just decided on; where there are too many, the user's oldest gives way. */
  open(admission: Admission, channel: Channel): Session {
    this.#noteUse(admission)
    this.#markUsed(admission)
    const known = this.#keyring.find(admission.apiKey)
    this.#turnstile.countRegistration(admission, known, this.#clock.now())
    const session = this.#sessions.open(admission, channel)
    const most = known?.policy.sessionsPerUser?.most
    if (most !== undefined) closeOldest(this.#sessions.of(admission.apiKey, admission.userId), most)
    return session
  }

  /**
   * Goes on with a session whose client was lost and is back on another channel, if the ticket is its own and the page of the
   * same origin. Revocations and policies have closed what may not go on already.
   */
  resume(ticket: string, origin: string | undefined, channel: Channel): Resumption | undefined {
    const session = this.#sessions.tickets.take(ticket)
    if (session === undefined || session.admission.origin !== origin) return undefined
    return { session, missed: this.#sessions.resume(session, channel) }
  }

  /** Decides on a fresh token for a session that is there, and puts it in force if it is good. */
  renew(session: Session, token: string): Admission | Refusal {
    const { apiKey, userId, userData, origin } = session.admission
    const knock = { apiKey, id: userId, token, userData, origin }
    const decision = this.#decide(knock, (credentials) => ({
      liveSessions: 0,
      isUsed: this.#isUsed(credentials),
      lineage: session.lineage,
    }))
    if (!decision.ok) return decision
    this.#noteUse(decision)
    this.#markUsed(decision)
    this.#sessions.renew(session, decision)
    return decision
  }

  #decide(knock: Knock, factsOf: (credentials: Credentials | undefined) => Omit<Facts, 'now'>): Admission | Refusal {
    return answerKnock(knock, this.#keyring, this.#clock.now(), factsOf)
  }

  #isUsed(credentials: Credentials | undefined): boolean {
    return credentials !== undefined && this.#used.has(credentials.claims)
  }

  #noteUse({ apiKey, keyId }: Admission): void {
    if (keyId !== undefined) this.#keyring.uses.note(apiKey, keyId, this.#clock.now())
  }

  #markUsed({ apiKey, claims }: Admission): void {
    const policy = this.#keyring.find(apiKey)?.policy
    if (claims === undefined || policy?.singleUse !== true) return
    this.#used.mark(claims, this.#clock.now(), policy.clockSkewSeconds)
  }
}

/** Closes the oldest out of a user's sessions until no more than that many are left. */
export function closeOldest(sessions: ReadonlySet<Session>, most: number): void {
  const surplus = [...sessions].slice(0, Math.max(0, sessions.size - most))
  for (const session of surplus) session.close('session_replaced')
}
