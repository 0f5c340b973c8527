import { beforeEach, describe, expect, it } from 'vitest'
import { admissionOf } from '../session/session.fixture.ts'
import { applyPermissions } from './apply-permissions.ts'
import { CAMERA, grant, openConversations, take } from './conversation.fixture.ts'
import { publish } from './publish.ts'
import { sendChat } from './send-chat.ts'
import { subscribe } from './subscribe.ts'

let conversations: ReturnType<typeof openConversations>['conversations']
let enter: ReturnType<typeof openConversations>['enter']
beforeEach(() => {
  ;({ conversations, enter } = openConversations())
})

describe('a renewal', () => {
  it('shows the others the role and the user data that its user has now', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    alice.channel.take()
    const before = bob.session.userData
    bob.session.renew(admissionOf('bob', { ...grant({ role: 'moderator' }), userData: { name: 'Bob' } }))
    applyPermissions(conversations, bob.session, before)
    expect(alice.channel.sent).toMatchObject([
      { type: 'contact_updated', contact: { id: 'bob', role: 'moderator', userData: { name: 'Bob' } } },
    ])
    expect(bob.channel.take()).toEqual(['permissions_changed'])
    applyPermissions(conversations, bob.session)
    expect([alice, bob].flatMap(({ channel }) => channel.take())).toEqual(['contact_updated'])
  })
})

describe('a renewal that narrows', () => {
  it('takes the session out of a conversation that is not granted any more', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    alice.channel.take()
    bob.session.renew(admissionOf('bob', grant({ name: 'b' })))
    applyPermissions(conversations, bob.session)
    expect(bob.channel.sent).toEqual([{ type: 'removed', conversation: 'a', code: 'conversation_not_granted' }])
    expect(alice.channel.take()).toEqual(['contact_left'])
    expect(conversations.find(bob.session, 'a').ok).toBe(false)
  })

  it('withdraws the streams that may not be published any more, and the subscriptions', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    const kept = take(publish(bob.membership(), { ...CAMERA, video: false }))
    const lost = take(publish(bob.membership(), CAMERA))
    const ofAlice = take(publish(alice.membership(), CAMERA))
    subscribe(bob.membership(), ofAlice)
    for (const { channel } of [alice, bob]) channel.take()
    bob.session.renew(admissionOf('bob', grant({ publish: ['audio'], subscribe: false })))
    applyPermissions(conversations, bob.session)
    expect(bob.channel.sent).toMatchObject([
      { type: 'permissions_changed', permissions: { publish: ['audio'], subscribe: false } },
      { type: 'stream_removed', streamId: lost },
    ])
    expect(alice.channel.sent).toMatchObject([
      { type: 'stream_removed', streamId: lost },
      { type: 'unsubscribed', streamId: ofAlice },
    ])
    expect(bob.membership().conversation.streams.has(kept)).toBe(true)
    expect(sendChat(bob.membership(), { type: 'message', text: 'x' }, 1)).toMatchObject({
      code: 'permission_not_granted',
    })
  })
})
