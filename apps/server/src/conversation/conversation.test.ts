import {
  MAX_CONTACTS_PER_CONVERSATION,
  MAX_CONVERSATIONS_PER_SESSION,
  MAX_STREAMS_PER_SESSION,
} from '@stagedoor/protocol'
import { beforeEach, describe, expect, it } from 'vitest'
import { admissionOf, sessionOf } from '../session/session.fixture.ts'
import { applyPermissions } from './apply-permissions.ts'
import { CAMERA, grant, openConversations, take } from './conversation.fixture.ts'
import { findEjected } from './eject.ts'
import { forceMute, sendAnnouncement } from './host.ts'
import { join } from './join.ts'
import { leave, leaveAll, remove } from './leave.ts'
import { mute, publish, unpublish, updateStream } from './publish.ts'
import { subscribe, unsubscribe } from './subscribe.ts'

const SCREEN = { ...CAMERA, audio: false, screen: true }

let conversations: ReturnType<typeof openConversations>['conversations']
let enter: ReturnType<typeof openConversations>['enter']
beforeEach(() => {
  ;({ conversations, enter } = openConversations())
})

describe('joining', () => {
  it('answers who is there and what they publish, and tells them', () => {
    const alice = enter('alice', { userData: { name: 'Alice' } })
    const streamId = take(publish(alice.membership(), CAMERA))
    const { session } = sessionOf('bob')
    expect(take(join(conversations, session, 'a'))).toMatchObject({
      contacts: [{ id: 'alice', sessionId: alice.session.id, userData: { name: 'Alice' } }],
      streams: [{ streamId, sessionId: alice.session.id }],
    })
    expect(alice.channel.sent).toMatchObject([{ type: 'contact_joined', contact: { id: 'bob', role: 'contributor' } }])
  })

  it('is refused where the token names other conversations, and nobody hears of it', () => {
    const alice = enter('alice')
    const { session } = sessionOf('bob', grant({ name: 'b' }))
    expect(join(conversations, session, 'a')).toEqual({ ok: false, code: 'conversation_not_granted' })
    expect(alice.channel.sent).toEqual([])
    expect(conversations.find(session, 'a').ok).toBe(false)
  })

  it('twice changes nothing', () => {
    const alice = enter('alice')
    const bob = enter('bob')
    alice.channel.take()
    expect(take(join(conversations, bob.session, 'a')).contacts).toHaveLength(1)
    expect(alice.channel.sent).toEqual([])
  })

  it('leads to another conversation of the same name under another API key', () => {
    enter('alice')
    const { session } = sessionOf('bob', { apiKey: 'other' })
    expect(take(join(conversations, session, 'a')).contacts).toEqual([])
  })

  it(`stops at ${MAX_CONVERSATIONS_PER_SESSION} conversations of one session`, () => {
    const { session } = sessionOf('alice')
    for (let at = 0; at < MAX_CONVERSATIONS_PER_SESSION; at++) take(join(conversations, session, `room ${at}`))
    expect(join(conversations, session, 'one more')).toEqual({ ok: false, code: 'limit_reached' })
    expect(join(conversations, session, 'room 0').ok).toBe(true)
    leave(conversations, session, 'room 1')
    expect(join(conversations, session, 'one more').ok).toBe(true)
  })

  it(`stops at ${MAX_CONTACTS_PER_CONVERSATION} sessions in one conversation`, () => {
    const [first] = Array.from({ length: MAX_CONTACTS_PER_CONVERSATION }, (_none, at) => enter(`user ${at}`))
    const { session } = sessionOf('one more')
    expect(join(conversations, session, 'a')).toEqual({ ok: false, code: 'limit_reached' })
    if (first !== undefined) leave(conversations, first.session, 'a')
    expect(join(conversations, session, 'a').ok).toBe(true)
  })
})

describe('the sessions of one user in a conversation', () => {
  it('are as many as the policy says, and not one more; others go on to join', () => {
    const most = { sessionsPerUserInConversation: 2 }
    const [first] = [enter('alice', most), enter('alice', most)]
    const { session: third } = sessionOf('alice', most)
    expect(join(conversations, third, 'a')).toEqual({ ok: false, code: 'session_limit' })
    expect(join(conversations, third, 'b').ok).toBe(true)
    expect(join(conversations, first.session, 'a').ok).toBe(true)
    expect(join(conversations, sessionOf('bob', most).session, 'a').ok).toBe(true)
    leave(conversations, first.session, 'a')
    expect(join(conversations, third, 'a').ok).toBe(true)
  })

  it('give way if their client is lost: a user who comes back with another session can join', () => {
    const most = { sessionsPerUserInConversation: 2 }
    const lost = sessionOf('alice', most, (session) => leaveAll(conversations, session)).session
    take(join(conversations, lost, 'a'))
    const { session: present } = enter('alice', most)
    lost.detach()
    expect(join(conversations, sessionOf('alice', most).session, 'a').ok).toBe(true)
    expect([lost, present].map((session) => conversations.of(session).length)).toEqual([0, 1])
    expect(join(conversations, sessionOf('alice', most).session, 'a')).toEqual({ ok: false, code: 'session_limit' })
  })

  it('give way also where there was nobody else', () => {
    const most = { sessionsPerUserInConversation: 1 }
    const lost = sessionOf('alice', most, (session) => leaveAll(conversations, session)).session
    take(join(conversations, lost, 'a'))
    lost.detach()
    const { membership } = enter('alice', most)
    expect(membership().conversation.members.size).toBe(1)
  })

  it('are ten where the owner has decided nothing', () => {
    for (let at = 0; at < 10; at++) enter('alice')
    expect(join(conversations, sessionOf('alice').session, 'a')).toEqual({ ok: false, code: 'session_limit' })
  })

  it('leave where the policy becomes stricter, the last to join first', () => {
    const all = [enter('alice'), enter('alice'), enter('alice')]
    for (const { session } of all) {
      session.renew(admissionOf('alice', { sessionsPerUserInConversation: 2 }))
      applyPermissions(conversations, session)
    }
    expect(all.map(({ session }) => conversations.of(session).length)).toEqual([1, 1, 0])
    expect(all[2]?.channel.sent).toMatchObject([{ type: 'removed', conversation: 'a', code: 'session_limit' }])
  })
})

describe('the contacts of a conversation', () => {
  it('are counted by API key and name', () => {
    enter('alice')
    enter('bob')
    enter('carol', { apiKey: 'other' })
    const counts = [['shop', 'a'] as const, ['other', 'a'] as const, ['shop', 'b'] as const].map(([apiKey, name]) =>
      conversations.countContacts(apiKey, name),
    )
    expect(counts).toEqual([2, 1, 0])
  })
})

describe('leaving', () => {
  it('takes the streams and the subscriptions along', () => {
    const [alice, bob, carol] = [enter('alice'), enter('bob'), enter('carol')]
    const ofAlice = take(publish(alice.membership(), CAMERA))
    const ofBob = take(publish(bob.membership(), CAMERA))
    subscribe(bob.membership(), ofAlice)
    for (const { channel } of [alice, bob, carol]) channel.take()
    leaveAll(conversations, bob.session)
    expect(alice.channel.sent).toMatchObject([
      { type: 'stream_removed', streamId: ofBob },
      { type: 'unsubscribed', streamId: ofAlice, subscriber: bob.session.id },
      { type: 'contact_left', sessionId: bob.session.id },
    ])
    expect(carol.channel.take()).toEqual(['stream_removed', 'contact_left'])
    expect(bob.channel.sent).toEqual([])
  })

  it('a conversation where one is not is a failure', () => {
    expect(leave(conversations, sessionOf('alice').session, 'a')).toEqual({
      ok: false,
      code: 'conversation_not_joined',
    })
  })
})

describe('publishing', () => {
  it.each([
    ['a camera without the right to video', ['audio'], CAMERA],
    ['a microphone without the right to audio', ['video'], CAMERA],
    ['a screen with the right to video alone', ['audio', 'video'], SCREEN],
    ['a camera with the right to screen alone', ['audio', 'screen'], CAMERA],
    ['anything without any right', [], SCREEN],
  ] as const)('%s is refused, and nobody hears of it', (_what, rights, stream) => {
    const alice = enter('alice')
    const bob = enter('bob', grant({ publish: rights }))
    alice.channel.take()
    expect(publish(bob.membership(), stream)).toEqual({ ok: false, code: 'permission_not_granted' })
    expect(alice.channel.sent).toEqual([])
  })

  it('a screen needs the right to screen', () => {
    expect(publish(enter('bob', grant({ publish: ['screen'] })).membership(), SCREEN).ok).toBe(true)
  })

  it(`stops at ${MAX_STREAMS_PER_SESSION} streams of one session`, () => {
    const alice = enter('alice')
    const [first] = Array.from({ length: MAX_STREAMS_PER_SESSION }, () => take(publish(alice.membership(), CAMERA)))
    expect(publish(alice.membership(), CAMERA)).toEqual({ ok: false, code: 'limit_reached' })
    unpublish(alice.membership(), first ?? '')
    expect(publish(alice.membership(), CAMERA).ok).toBe(true)
  })

  it('is undone, and muted, by the publisher alone', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    const streamId = take(publish(alice.membership(), CAMERA))
    const muted = { audioMuted: true, videoMuted: false }
    expect(unpublish(bob.membership(), streamId)).toEqual({ ok: false, code: 'stream_unknown' })
    expect(mute(bob.membership(), streamId, muted)).toEqual({ ok: false, code: 'stream_unknown' })
    bob.channel.take()
    mute(alice.membership(), streamId, muted)
    unpublish(alice.membership(), streamId)
    expect(bob.channel.sent).toMatchObject([
      { type: 'stream_updated', stream: { streamId, audioMuted: true } },
      { type: 'stream_removed', streamId },
    ])
  })
})

describe('subscribing', () => {
  it('tells the publisher once, and so does unsubscribing', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    const streamId = take(publish(alice.membership(), CAMERA))
    alice.channel.take()
    subscribe(bob.membership(), streamId)
    subscribe(bob.membership(), streamId)
    expect(alice.channel.sent).toMatchObject([{ type: 'subscribed', streamId, subscriber: bob.session.id }])
    unsubscribe(bob.membership(), streamId)
    unsubscribe(bob.membership(), streamId)
    expect(alice.channel.take()).toEqual(['subscribed', 'unsubscribed'])
  })

  it('is refused without the right to', () => {
    const alice = enter('alice')
    const bob = enter('bob', grant({ subscribe: false }))
    const streamId = take(publish(alice.membership(), CAMERA))
    expect(subscribe(bob.membership(), streamId)).toEqual({ ok: false, code: 'permission_not_granted' })
  })

  it('to a stream of one’s own or of another conversation is a failure', () => {
    const alice = enter('alice')
    const streamId = take(publish(alice.membership(), CAMERA))
    expect(subscribe(alice.membership(), streamId)).toEqual({ ok: false, code: 'stream_unknown' })
    const { session } = sessionOf('bob')
    take(join(conversations, session, 'b'))
    expect(subscribe(take(conversations.find(session, 'b')), streamId)).toEqual({
      ok: false,
      code: 'stream_unknown',
    })
  })
})

describe('ejecting', () => {
  it('is a moderator’s right, on any member but itself', () => {
    const moderator = enter('alice', grant({ role: 'moderator' }))
    const [other, guest] = [enter('bob', grant({ role: 'moderator' })), enter('carol', grant({ role: 'guest' }))]
    for (const { session } of [other, guest]) {
      expect(take(findEjected(moderator.membership(), session.id)).member.session).toBe(session)
    }
    const unknown = { ok: false, code: 'contact_unknown' }
    expect(findEjected(moderator.membership(), moderator.session.id)).toEqual(unknown)
    expect(findEjected(moderator.membership(), sessionOf('dave').session.id)).toEqual(unknown)
  })

  it('is refused to everybody else, for any member', () => {
    const alice = enter('alice')
    const [bob, guest] = [enter('bob'), enter('carol', grant({ role: 'guest' }))]
    const refused = { ok: false, code: 'permission_not_granted' }
    for (const { membership } of [bob, guest]) {
      expect(findEjected(membership(), alice.session.id)).toEqual(refused)
      expect(findEjected(membership(), 'nobody')).toEqual(refused)
    }
  })

  it('takes out a member, who hears why and may join again', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    take(publish(bob.membership(), CAMERA))
    alice.channel.take()
    remove(conversations, bob.membership(), 'ejected')
    expect(bob.channel.sent).toEqual([{ type: 'removed', conversation: 'a', code: 'ejected' }])
    expect(alice.channel.take()).toEqual(['stream_removed', 'contact_left'])
    expect(conversations.find(bob.session, 'a').ok).toBe(false)
    expect(join(conversations, bob.session, 'a').ok).toBe(true)
  })
})

describe('a conversation that everybody has left', () => {
  it('is forgotten, and the next of its name is another', () => {
    const alice = enter('alice')
    const { conversation } = alice.membership()
    leave(conversations, alice.session, 'a')
    expect([conversations.size, conversations.named('shop', 'a')]).toEqual([0, undefined])
    expect(conversations.ofApiKey('shop')).toStrictEqual([])
    expect(enter('bob').membership().conversation).not.toBe(conversation)
  })
})

describe('a stream', () => {
  it('is updated when its tracks have changed, within what its publisher may publish', () => {
    const [alice, bob] = [enter('alice'), enter('bob', grant({ publish: ['audio', 'video'] }))]
    const streamId = take(publish(bob.membership(), CAMERA))
    alice.channel.take()
    expect(updateStream(bob.membership(), streamId, { ...CAMERA, mediaStreamId: 'other', video: false })).toMatchObject(
      {
        ok: true,
      },
    )
    expect(alice.channel.sent).toMatchObject([
      { type: 'stream_updated', stream: { streamId, mediaStreamId: CAMERA.mediaStreamId, audio: true, video: false } },
    ])
    expect(updateStream(bob.membership(), streamId, { ...CAMERA, screen: true })).toMatchObject({
      code: 'permission_not_granted',
    })
    expect(updateStream(alice.membership(), streamId, CAMERA)).toMatchObject({ code: 'stream_unknown' })
  })
})

describe('the host of the platform', () => {
  it('says something to every member, and to nobody elsewhere', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    const elsewhere = sessionOf('carol')
    take(join(conversations, elsewhere.session, 'b'))
    alice.channel.take()
    elsewhere.channel.take()
    sendAnnouncement(alice.membership().conversation, 'The show begins', 7)
    const said = { type: 'announcement', conversation: 'a', text: 'The show begins', sentAt: 7 }
    expect([alice.channel.sent, bob.channel.sent, elsewhere.channel.sent]).toEqual([[said], [said], []])
  })

  it('mutes a stream: its publisher is asked to, the others are told, and what was muted stays so', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    const streamId = take(publish(alice.membership(), CAMERA))
    alice.channel.take()
    bob.channel.take()
    take(forceMute(alice.membership(), streamId, { audio: true, video: false }))
    expect(alice.channel.sent).toEqual([{ type: 'silenced', conversation: 'a', streamId, audio: true, video: false }])
    expect(bob.channel.sent).toMatchObject([
      { type: 'stream_updated', stream: { audioMuted: true, videoMuted: false } },
    ])
    take(forceMute(alice.membership(), streamId, { audio: false, video: true }))
    expect(bob.channel.sent).toMatchObject([{}, { stream: { audioMuted: true, videoMuted: true } }])
  })

  it('mutes no stream of another member, and none that there is not', () => {
    const [alice, bob] = [enter('alice'), enter('bob')]
    const streamId = take(publish(alice.membership(), CAMERA))
    for (const unknown of [
      forceMute(bob.membership(), streamId, { audio: true, video: true }),
      forceMute(alice.membership(), 'none', { audio: true, video: true }),
    ]) {
      expect(unknown).toEqual({ ok: false, code: 'stream_unknown' })
    }
  })
})
