import { type Admin, AdminError } from '@stagedoor/admin'
import type { ShownConversation } from '../../control/requests.ts'
import type { ConversationClient } from '../platform-client.ts'
import { MAX_PAGE } from './find-in.ts'
import { sendable } from './sendable.ts'

const CONVERSATIONS = '/api/v1/keys/{key}/conversations'
const CONVERSATION = `${CONVERSATIONS}/{conversation}` as const

/** The conversations of a platform, over its API. */
export function remoteConversations(admin: Admin): ConversationClient {
  return {
    async list({ apiKey: key, search, limit }) {
      const conversations: ShownConversation[] = []
      const params = (pageSize: number) => ({ path: { key }, query: sendable({ search, limit: pageSize }) })
      const { total } = await admin.get(CONVERSATIONS, { params: params(1) })
      for await (const conversation of admin.list(CONVERSATIONS, { params: params(MAX_PAGE) })) {
        if (conversations.length === limit) break
        conversations.push(conversation)
      }
      return { conversations, total }
    },

    find: (key, conversation) => unlessUnknown(admin.get(CONVERSATION, { params: { path: { key, conversation } } })),

    close: (key, conversation) =>
      unlessUnknown(
        admin
          .post(`${CONVERSATION}/close`, { params: { path: { key, conversation } } })
          .then(({ members, audited }) => ({
            members,
            isWrittenDown: audited,
          })),
      ),

    send: (key, conversation, text) =>
      unlessUnknown(
        admin
          .post(`${CONVERSATION}/messages`, { params: { path: { key, conversation } }, body: { text } })
          .then(({ heardBy }) => ({ members: heardBy })),
      ),

    mute: (key, conversation, stream) =>
      unlessUnknown(
        admin
          .post(`${CONVERSATION}/mute`, { params: { path: { key, conversation } }, body: stream })
          .then(({ audited }) => ({ isWrittenDown: audited })),
      ),
  }
}

async function unlessUnknown<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer
  } catch (error) {
    if (error instanceof AdminError && error.status === 404) return undefined
    throw error
  }
}
