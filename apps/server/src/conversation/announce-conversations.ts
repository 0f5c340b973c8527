import type { Clock } from '../clock.ts'
import type { Announce, EventFacts } from '../events/event.ts'
import type { Conversation } from './conversation.ts'
import type { ConversationWatch } from './conversations.ts'

/** Announces that conversations have started and ended. */
export function announceConversations(announce: Announce, clock: Clock): ConversationWatch {
  const startedAt = new WeakMap<Conversation, number>()
  return {
    onStart(apiKey, conversation) {
      const at = clock.now()
      startedAt.set(conversation, at)
      announce(apiKey, 'conversation.started', () => about(conversation, at))
    },
    onEnd(apiKey, conversation) {
      announce(apiKey, 'conversation.ended', () => {
        const at = clock.now()
        const durationSeconds = Math.round((at - (startedAt.get(conversation) ?? at)) * 1000) / 1000
        return about(conversation, at, { durationSeconds })
      })
    },
  }
}

function about({ name }: Conversation, at: number, more: EventFacts['data'] = {}): EventFacts {
  return { orderingKey: `conversation ${JSON.stringify(name)}`, at, data: { conversation: name, ...more } }
}
