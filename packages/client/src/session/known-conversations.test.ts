import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { Conversation, type ConversationHost } from '../conversation/conversation.ts'
import { KnownConversations } from './known-conversations.ts'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

function open(name: string): Conversation {
  const host = { request: () => new Promise(() => {}), hasEnded: false, isConnected: true } as Partial<ConversationHost>
  return new Conversation(name, host as ConversationHost)
}

it('a conversation is the same object as long as it is held or in use, and is forgotten then', async () => {
  const known = new KnownConversations()
  const held = known.add(open('held'))
  void known.add(open('in use')).join()
  for (let at = 0; at < 100; at++) known.add(open(`dropped ${at}`))
  expect(known.size).toBe(102)
  await expect
    .poll(() => {
      collectGarbage()
      return known.size
    })
    .toBe(2)
  expect(known.find('held')).toBe(held)
  expect(known.find('in use')?.getStatus()).toBe('JOINING')
  expect(known.all()).toHaveLength(2)
})
