import type { SessionMessage, SessionMessageOf } from '@stagedoor/protocol'
import type { Session } from '../session/session.ts'
import type { House } from './ports.ts'

// What makes the gate send something to others. Whoever leaves, or takes back what he has published, is always heard.
const SAID_TO_OTHERS = ['publish', 'mute', 'send_message', 'send_data'] as const
type SaidToOthers = SessionMessageOf<(typeof SAID_TO_OTHERS)[number]>

/** How long until a session may have sent to others what it asks for, in seconds; 0 where it may, or where nothing is sent. */
export function waitToSay(
  { conversations }: Pick<House, 'conversations'>,
  session: Session,
  message: SessionMessage,
  now: number,
): number {
  if (message.type === 'join') return session.pace.waitToSay(now)
  if (!isSaidToOthers(message)) return 0
  const conversation = conversations.named(session.apiKey, message.conversation)
  return Math.max(session.pace.waitToSay(now), conversation?.wait(now, session.pace.saysMuch(now)) ?? 0)
}

function isSaidToOthers(message: SessionMessage): message is SaidToOthers {
  return (SAID_TO_OTHERS as readonly string[]).includes(message.type)
}

/** Counts what was sent to others for a message, which is known when it was sent. */
export function settleSaid(
  { conversations }: Pick<House, 'conversations'>,
  session: Session,
  message: SessionMessage,
  now: number,
): void {
  const bytes = session.pace.settle(now)
  if (bytes > 0 && 'conversation' in message) {
    conversations.named(session.apiKey, message.conversation)?.charge(bytes, now)
  }
}
