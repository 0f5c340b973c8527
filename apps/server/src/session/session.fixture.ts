import type { CloseReason, ServerMessage } from '@stagedoor/protocol'
import type { Admission } from '../admission/admit.ts'
import { type Channel, Session } from './session.ts'

/** A channel that keeps what it is given. */
export class RecordingChannel implements Channel {
  readonly sent: ServerMessage[] = []
  readonly closed: CloseReason[] = []

  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }

  close(reason: CloseReason): void {
    this.closed.push(reason)
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
    issuedAt: 0,
    expiresAt: 3_600,
    tokenId: `token of ${userId}`,
    grants: undefined,
    ...rest,
  }
}

export function sessionOf(
  userId: string,
  rest: Partial<Admission> = {},
): { session: Session; channel: RecordingChannel } {
  const channel = new RecordingChannel()
  return { session: new Session(admissionOf(userId, rest), channel), channel }
}
