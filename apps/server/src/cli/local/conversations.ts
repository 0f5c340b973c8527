import type { ConversationClient } from '../platform-client.ts'
import { askServer } from './ask-server.ts'
import { type StoreSettings, whoAsks } from './store.ts'

/** The conversations of the running server. */
export function localConversations({ data }: Pick<StoreSettings, 'data'>): ConversationClient {
  return {
    list: (filter) => askServer(data, 'list_conversations', filter),

    async find(apiKey, conversation) {
      return (await askServer(data, 'show_conversation', { apiKey, conversation })).conversation ?? undefined
    },

    async close(apiKey, conversation) {
      const { closed } = await askServer(data, 'close_conversation', { apiKey, conversation, by: whoAsks() })
      return closed ?? undefined
    },

    async send(apiKey, conversation, text) {
      const { sent } = await askServer(data, 'send_message', { apiKey, conversation, text, by: whoAsks() })
      return sent ?? undefined
    },

    async mute(apiKey, conversation, stream) {
      const { muted } = await askServer(data, 'mute_stream', { apiKey, conversation, ...stream, by: whoAsks() })
      return muted ?? undefined
    },
  }
}
