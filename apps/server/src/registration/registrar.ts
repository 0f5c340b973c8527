import type { Register, Resume } from '@stagedoor/protocol'
import type { Admission } from '../admission/admit.ts'
import { decideRegistration } from '../admission/decide-registration.ts'
import { type Refusal, refuseByPolicy } from '../admission/refusal.ts'
import type { Credentials, RegistrationRequest } from '../admission/registration-request.ts'
import type { Clock } from '../clock.ts'
import type { Keyring } from '../keyring/keyring.ts'
import type { ClientInfo } from '../refusal-log/write-report.ts'
import type { Channel, ClientAttempt, Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import { Turnstile } from './turnstile.ts'
import { type SpendOutcome, UsedTokens } from './used-tokens.ts'

/** A resumed session, with the messages that its client missed. */
export interface Resumption {
  readonly session: Session
  readonly missed: readonly string[]
}

export type RegistrarKeyring = Pick<Keyring, 'find' | 'isDisabled' | 'fetchKeysFor' | 'uses'>

/** Turns registration requests into sessions. A decision and its effect are one synchronous step. */
export class Registrar {
  readonly #keyring: RegistrarKeyring
  readonly #sessions: Sessions
  readonly #clock: Clock
  readonly #used: UsedTokens
  readonly #turnstile = new Turnstile()

  constructor(keyring: RegistrarKeyring, sessions: Sessions, clock: Clock, used = new UsedTokens()) {
    this.#keyring = keyring
    this.#sessions = sessions
    this.#clock = clock
    this.#used = used
  }

  /** Fetches the published key that a token needs, where it is not here yet. Answers what to wait for, if anything. */
  fetchKeysFor(apiKey: string, token: string | undefined): Promise<void> | undefined {
    return this.#keyring.fetchKeysFor(apiKey, token)
  }

  /** Counts a large first frame against the budget of its network, before it is parsed. Returns the seconds until there is room, 0 if there is. */
  countLargeAttempt(client: Pick<RegistrationRequest, 'address'>, bytes: number): number {
    return this.#turnstile.countLargeAttempt(client, bytes, this.#clock.now())
  }

  /** Counts an attempt from an address, valid or not, and refuses it if there were too many. */
  countAttempt(apiKey: string, client: Pick<RegistrationRequest, 'address'>): Refusal | undefined {
    return this.#turnstile.countAttempt(apiKey, client, this.#keyring.find(apiKey), this.#clock.now())
  }

  /** Whether the client has registered again meanwhile, so that this registration was delayed on its way. */
  isOutdated({ apiKey, id, clientId, attempt = 0 }: Pick<Register, 'apiKey' | 'id' | 'clientId' | 'attempt'>): boolean {
    return this.#ofClient(apiKey, id, clientId).some(({ client }) => (client?.attempt ?? 0) > attempt)
  }

  /**
   * Decides a registration request, without changing anything.
   *
   * @param spent what became of using its token up, where that was waited for.
   */
  answer(request: RegistrationRequest, spent?: SpendOutcome): Admission | Refusal {
    const now = this.#clock.now()
    const { apiKey, id: userId } = request
    const decision = decideRegistration(request, this.#keyring, now, (credentials, known) => ({
      // Those of the same client are replaced.
      liveSessions: this.#sessions.of(apiKey, userId).size - this.#ofClient(apiKey, userId, request.clientId).length,
      isUsed: this.#isUsed(credentials, spent),
      registrationWaitSeconds: this.#turnstile.waitOf({ apiKey, userId }, known, now),
    }))
    return unlessUnavailable(decision, spent)
  }

  /**
   * Uses up the token of an admission, where the policy says that it is good once. From now on it is used for everybody else. Once
   * that is written down, decide again, since other things may have changed; a client that is gone by then has used it all the same.
   *
   * @returns what to wait for, if anything.
   */
  spend({ apiKey, claims }: Admission): Promise<SpendOutcome> | undefined {
    const policy = this.#keyring.find(apiKey)?.policy
    if (claims === undefined || policy?.singleUse !== true) return undefined
    return this.#used.spend(claims, policy.clockSkewSeconds)
  }

  /**
   * Opens the session of an admission that was just decided on, in place of the one that the same client had before. Where the user
   * has too many, the oldest gives way.
   */
  open(admission: Admission, channel: Channel, clientInfo?: ClientInfo, client?: ClientAttempt): Session {
    const known = this.#keyring.find(admission.apiKey)
    const now = this.#clock.now()
    this.#recordUse(admission, now)
    this.#turnstile.countRegistration(admission, known, now)
    for (const before of this.#ofClient(admission.apiKey, admission.userId, client?.clientId)) {
      before.close('session_replaced')
    }
    const session = this.#sessions.open(admission, channel, clientInfo, client)
    const most = known?.policy.sessionsPerUser?.most
    if (most === undefined) return session
    const ofUser = [...this.#sessions.of(admission.apiKey, admission.userId)]
    for (const surplus of surplusOf(ofUser, most)) surplus.close('session_replaced')
    return session
  }

  /**
   * Resumes a session whose client was lost and is back on another channel, if the ticket and the client are its own, the page is of
   * the same origin, and everything is kept that the client has missed. Revocations and policies have closed what may not go on already.
   */
  resume(
    { ticket, received, clientId }: Pick<Resume, 'ticket' | 'received' | 'clientId'>,
    origin: string | undefined,
    channel: Channel,
  ): Resumption | undefined {
    const session = this.#sessions.tickets.find(ticket)
    if (session === undefined || session.admission.origin !== origin || session.client?.clientId !== clientId)
      return undefined
    const missed = this.#sessions.resume(session, channel, received)
    return missed && { session, missed }
  }

  /** Decides on a fresh token for a session that is there, and changes nothing. */
  answerRenewal(session: Session, token: string, spent?: SpendOutcome): Admission | Refusal {
    const { apiKey, userId, userData, origin } = session.admission
    const request = { apiKey, id: userId, token, userData, origin }
    const now = this.#clock.now()
    const decision = decideRegistration(request, this.#keyring, now, (credentials) => ({
      liveSessions: 0,
      isUsed: this.#isUsed(credentials, spent),
      lineage: session.lineage,
    }))
    return unlessUnavailable(decision, spent)
  }

  /** Puts in force what was just decided on a fresh token. */
  renew(session: Session, admission: Admission): void {
    this.#recordUse(admission, this.#clock.now())
    this.#sessions.renew(session, admission)
  }

  #isUsed(credentials: Credentials | undefined, spent: SpendOutcome | undefined): boolean {
    if (spent !== undefined) return spent === 'already_used'
    return credentials !== undefined && this.#used.has(credentials.claims)
  }

  /** The sessions of a user that this client has opened: none of a client that has not named itself. */
  #ofClient(apiKey: string, userId: string, clientId: string | undefined): readonly Session[] {
    if (clientId === undefined) return NO_SESSIONS
    return [...this.#sessions.of(apiKey, userId)].filter(({ client }) => client?.clientId === clientId)
  }

  #recordUse({ apiKey, keyId }: Admission, now: number): void {
    if (keyId !== undefined) this.#keyring.uses.note(apiKey, keyId, now)
  }
}

const NO_SESSIONS: readonly Session[] = []

/** A token is refused while it is not known whether it was used. */
function unlessUnavailable(decision: Admission | Refusal, spent: SpendOutcome | undefined): Admission | Refusal {
  if (!decision.ok || spent !== 'unavailable') return decision
  const message = 'Whether the token was used is unknown, because the store does not answer'
  return refuseByPolicy({ ok: false, check: 'single_use', code: 'unavailable', message }, true)
}

/** Those of a user's sessions, the oldest first, that give way where no more than that many are allowed: the oldest. */
export function surplusOf(sessions: readonly Session[], most = sessions.length): readonly Session[] {
  return sessions.slice(0, Math.max(0, sessions.length - most))
}
