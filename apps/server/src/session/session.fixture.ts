import type { CloseReason, ServerMessage } from '@stagedoor/protocol'
import type { Admission } from '../admission/admit.ts'
import { DEFAULT_POLICY } from '../policy/policy.ts'
import { type Channel, Session } from './session.ts'

/** A channel that keeps what it is given. */
export class RecordingChannel implements Channel {
  unsentBytes = 0
  readonly sent: ServerMessage[] = []
  readonly closed: CloseReason[] = []
  /** What to do when it is closed, as a socket would. */
  onClose: () => void = () => {}

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(reason: CloseReason): void {
    this.closed.push(reason)
    this.onClose()
  }

  /** The types of what was sent, which is forgotten with that. */
  take(): string[] {
    return this.sent.splice(0).map(({ type }) => type)
  }
}

export function admissionOf(userId: string, rest: Partial<Admission> = {}): Admission {
  return {
    ok: true,
    apiKey: 'shop',
    userId,
    userData: {},
    claims: undefined,
    keyId: undefined,
    origin: undefined,
    issuedAt: 0,
    expiresAt: 3_600,
    closesAt: rest.expiresAt ?? 3_600,
    grants: undefined,
    permissions: DEFAULT_POLICY.permissions,
    messagesPerSecond: DEFAULT_POLICY.rateLimits.messagesPerSecond,
    sessionsPerUserInConversation: DEFAULT_POLICY.sessionsPerUserInConversation,
    ...rest,
  }
}

export function sessionOf(
  userId: string,
  rest: Partial<Admission> = {},
  onGone: (session: Session) => void = () => {},
): { session: Session; channel: RecordingChannel } {
  const channel = new RecordingChannel()
  return { session: new Session(admissionOf(userId, rest), channel, onGone, 0), channel }
}
