import type { RefusalCode } from '@stagedoor/protocol'
import type { Clock } from '../clock.ts'
import type { Conversations } from '../conversation/conversations.ts'
import type { IceServers } from '../media/ice-servers.ts'
import type { Log } from '../observe/log.ts'
import type { RefusalReport } from '../refusal-log/report.ts'
import type { CloseAndRevoke, CloseAndRevokeOutcome } from '../registration/close-and-revoke.ts'
import type { Registrar } from '../registration/registrar.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'

/** Records how long registrations take, in seconds. */
export interface Stopwatch {
  /** The time, finer than a clock tells it, since some moment. */
  readonly now: () => number
  /** A registration was decided on. */
  readonly verified: (seconds: number) => void
  /** A registration was admitted. */
  readonly admitted: (seconds: number) => void
}

/** What the gate uses of the platform. */
export interface GateContext {
  readonly registrar: Registrar
  /** Keeps a refusal for the owner of the API key. */
  readonly recordRefusal: (report: RefusalReport) => void
  readonly sessions: Sessions
  readonly conversations: Conversations
  /** Closes a session at once, and bans what the ban says. */
  readonly closeAndRevoke: (session: Session, asks: CloseAndRevoke) => Promise<CloseAndRevokeOutcome>
  readonly iceServers: IceServers
  readonly clock: Clock
  readonly stopwatch: Stopwatch
  /** Counts a connection that was closed because of an unexpected exception. */
  readonly connectionFailed: () => void
  readonly log: Log
  /** Whether strangers learn the precise reason of a refusal: for development only. */
  readonly precise: boolean
  /** The proxies that are believed about whom they forward: addresses and subnets, or `loopback`. */
  readonly trustedProxies: readonly string[]
  /** The path that the platform is reached under, such as `/rtc`; empty at the root of an origin. */
  readonly basePath: string
  /** Where the page that explains a refusal code is. */
  readonly pageOf: (code: RefusalCode) => string
}
