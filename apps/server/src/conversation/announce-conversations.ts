import type { Clock } from '../clock.ts'
import type { Announce } from '../events/event.ts'
import type { Conversation } from './conversation.ts'
import type { ConversationWatch } from './conversations.ts'

/** Announces that conversations have started and ended. */
export function announceConversations(announce: Announce, clock: Clock): ConversationWatch {
  const startedAt = new WeakMap<Conversation, number>()
  const about = (apiKey: string, { name }: Conversation) => ({
    apiKey,
    orderingKey: `conversation ${JSON.stringify(name)}`,
    at: clock.now(),
  })
  return {
    onStart(apiKey, conversation) {
      const event = about(apiKey, conversation)
      startedAt.set(conversation, event.at)
      announce({ ...event, type: 'conversation.started', data: { conversation: conversation.name } })
    },
    onEnd(apiKey, conversation) {
      const event = about(apiKey, conversation)
      const durationSeconds = Math.round((event.at - (startedAt.get(conversation) ?? event.at)) * 1000) / 1000
      announce({ ...event, type: 'conversation.ended', data: { conversation: conversation.name, durationSeconds } })
    },
  }
}
