import type { ConversationGrant } from '@stagedoor/access-token'
import { sessionOf } from '../session/session.fixture.ts'
import { Conversations, type Membership } from './conversations.ts'
import { join } from './join.ts'
import type { Outcome } from './outcome.ts'

export const CAMERA = {
  mediaStreamId: 'ms',
  audio: true,
  video: true,
  screen: false,
  audioMuted: false,
  videoMuted: false,
}

/** The grant of one conversation, `a`. */
export function grant(rest: Partial<ConversationGrant> = {}): { grants: ConversationGrant[] } {
  return {
    grants: [
      { name: 'a', role: 'contributor', publish: ['audio', 'video', 'screen', 'data'], subscribe: true, ...rest },
    ],
  }
}

/** No conversation yet, and how users join `a`. */
export function openConversations() {
  const conversations = new Conversations()
  const enter = (userId: string, rest: Parameters<typeof sessionOf>[1] = {}) => {
    const { session, channel } = sessionOf(userId, rest)
    take(join(conversations, session, 'a'))
    channel.take()
    const membership = (): Membership => take(conversations.find(session, 'a'))
    return { session, channel, membership }
  }
  return { conversations, enter }
}

export function take<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(outcome.code)
  return outcome.value
}
