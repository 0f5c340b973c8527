import { beforeEach, describe, expect, it } from 'vitest'
import { grant, openConversations } from './conversation.fixture.ts'
import { MAX_MESSAGE_IDS } from './conversation.ts'
import { sendChat } from './send-chat.ts'

let enter: ReturnType<typeof openConversations>['enter']
beforeEach(() => {
  ;({ enter } = openConversations())
})

describe('talking', () => {
  it('reaches everybody else, with who said it and when', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    alice.channel.take()
    sendChat(alice.membership(), { type: 'message', text: 'hello' }, 7)
    sendChat(alice.membership(), { type: 'data', data: { x: 1 } }, 8)
    expect(bob.channel.sent).toEqual([
      { type: 'message', conversation: 'a', from: alice.session.id, text: 'hello', sentAt: 7 },
      { type: 'data', conversation: 'a', from: alice.session.id, data: { x: 1 }, sentAt: 8 },
    ])
    expect(alice.channel.sent).toEqual([])
  })

  it('is refused without the right to data', () => {
    const alice = enter('alice')
    const bob = enter('bob', grant({ publish: ['audio', 'video', 'screen'] }))
    alice.channel.take()
    const refused = { ok: false, code: 'permission_not_granted' }
    expect(sendChat(bob.membership(), { type: 'message', text: 'hello' }, 7)).toEqual(refused)
    expect(sendChat(bob.membership(), { type: 'data', data: 1 }, 7)).toEqual(refused)
    expect(alice.channel.sent).toEqual([])
  })
})

describe('a message with an id', () => {
  it('is passed on once, however often its user sends it', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    alice.channel.take()
    const say = (id: string) => sendChat(bob.membership(), { type: 'message', text: id }, 1, id)
    for (const id of ['1', '1', '2', '1']) expect(say(id).ok).toBe(true)
    expect(alice.channel.take()).toEqual(['message', 'message'])
    expect(sendChat(alice.membership(), { type: 'message', text: 'mine' }, 1, '1').ok).toBe(true)
    expect(bob.channel.take()).toContain('message')
  })

  it(`is remembered among the newest ${MAX_MESSAGE_IDS}`, () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    const say = (id: number) => sendChat(bob.membership(), { type: 'message', text: 'x' }, 1, String(id))
    for (let id = 0; id < MAX_MESSAGE_IDS; id++) say(id)
    alice.channel.take()
    say(0)
    expect(alice.channel.take()).toEqual([])
    say(MAX_MESSAGE_IDS)
    say(0)
    expect(alice.channel.take()).toEqual(['message', 'message'])
  })
})
