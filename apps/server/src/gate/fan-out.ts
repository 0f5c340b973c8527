import type { SessionMessage, SessionMessageOf } from '@stagedoor/protocol'
import type { Session } from '../session/session.ts'
import type { GateContext } from './gate-context.ts'

// Requests that make the gate send something to others. Leaving and unpublishing are always accepted.
const SAID_TO_OTHERS = ['publish', 'update_stream', 'mute', 'send_message', 'send_data'] as const
type SaidToOthers = SessionMessageOf<(typeof SAID_TO_OTHERS)[number]>

/** Returns the seconds until a request may be sent to others, 0 if it may be now or sends nothing. */
export function waitToSay(
  { conversations }: Pick<GateContext, 'conversations'>,
  session: Session,
  message: SessionMessage,
  now: number,
): number {
  if (message.type === 'join') return session.pace.waitToSay(now)
  if (!isSaidToOthers(message)) return 0
  const conversation = conversations.named(session.apiKey, message.conversation)
  return Math.max(session.pace.waitToSay(now), conversation?.wait(now, session.pace.shareSaid(now)) ?? 0)
}

function isSaidToOthers(message: SessionMessage): message is SaidToOthers {
  return (SAID_TO_OTHERS as readonly string[]).includes(message.type)
}

/** Charges what a request has sent to others, which is known only afterwards. */
export function settleSaid(
  { conversations }: Pick<GateContext, 'conversations'>,
  session: Session,
  message: SessionMessage,
  now: number,
): void {
  const bytes = session.pace.settle(now)
  if (bytes > 0 && 'conversation' in message) {
    conversations.named(session.apiKey, message.conversation)?.charge(bytes, now)
  }
}
