import type { Signal } from '@stagedoor/protocol'
import { describe, expect, it } from 'vitest'
import { Conversations, type Membership } from '../conversation/conversations.ts'
import { join } from '../conversation/join.ts'
import { sessionOf } from '../session/session.fixture.ts'
import { relay } from './relay.ts'

const CANDIDATE: Signal = { candidate: { candidate: 'candidate:1' } }

function offer(...lines: string[]): Signal {
  return { description: { type: 'offer', sdp: ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', ...lines, ''].join('\r\n') } }
}

function enter(
  conversations: Conversations,
  userId: string,
  name: string,
  publish: ('audio' | 'video' | 'screen' | 'data')[] = [],
) {
  const grants = [{ name, role: 'guest', publish, subscribe: true } as const]
  const { session, channel } = sessionOf(userId, { grants })
  join(conversations, session, name)
  const found = conversations.find(session, name)
  if (!found.ok) throw new Error(found.code)
  channel.take()
  return { session, channel, membership: found.value as Membership }
}

describe('the relay', () => {
  it('passes a signal to one member, with its sender', () => {
    const conversations = new Conversations()
    const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((id) => enter(conversations, id, 'a'))
    if (!alice || !bob || !carol) throw new Error('nobody came')
    for (const { channel } of [alice, bob, carol]) channel.take()
    expect(relay(alice.membership, bob.session.id, CANDIDATE).ok).toBe(true)
    expect(bob.channel.sent).toEqual([{ type: 'signal', conversation: 'a', from: alice.session.id, signal: CANDIDATE }])
    expect(carol.channel.sent).toEqual([])
  })

  it('passes nothing to a session in another conversation, or to the sender', () => {
    const conversations = new Conversations()
    const alice = enter(conversations, 'alice', 'a')
    const bob = enter(conversations, 'bob', 'b')
    expect(relay(alice.membership, bob.session.id, CANDIDATE)).toEqual({ ok: false, code: 'contact_unknown' })
    expect(relay(alice.membership, alice.session.id, CANDIDATE)).toEqual({ ok: false, code: 'contact_unknown' })
    expect([...alice.channel.sent, ...bob.channel.sent]).toEqual([])
  })

  it.each([
    ['video, said openly', ['audio'], ['m=audio 9 X 0', 'a=recvonly', 'm=video 9 X 0', 'a=sendrecv']],
    ['video, sending alone', ['audio'], ['m=video 9 X 0', 'a=sendonly']],
    ['video without a direction, which means both', ['audio'], ['m=video 9 X 0']],
    ['video behind a direction of the whole session', ['audio'], ['a=recvonly', 'm=video 9 X 0']],
    ['data', ['audio', 'video', 'screen'], ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel']],
    [
      'data that it says it does not send',
      ['audio'],
      ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel', 'a=inactive'],
    ],
    ['audio', ['video', 'screen'], ['m=audio 9 X 0', 'a=sendrecv']],
  ] as const)('passes no description that offers to send %s without the right to', (_what, rights, lines) => {
    const conversations = new Conversations()
    const alice = enter(conversations, 'alice', 'a', [...rights])
    const bob = enter(conversations, 'bob', 'a')
    expect(relay(alice.membership, bob.session.id, offer(...lines))).toEqual({
      ok: false,
      code: 'permission_not_granted',
    })
    expect(bob.channel.sent).toEqual([])
  })

  it.each([
    ['receives alone', [], ['m=audio 9 X 0', 'a=recvonly', 'm=video 9 X 0', 'a=inactive']],
    ['sends what is granted', ['audio', 'video'], ['m=audio 9 X 0', 'a=sendrecv', 'm=video 9 X 0', 'a=sendonly']],
    ['sends a screen that is granted', ['screen'], ['m=video 9 X 0', 'a=sendonly']],
    ['holds no media', [], []],
    ['opens a data channel that is granted', ['data'], ['m=application 9 UDP/DTLS/SCTP webrtc-datachannel']],
  ] as const)('passes a description that %s', (_what, rights, lines) => {
    const conversations = new Conversations()
    const alice = enter(conversations, 'alice', 'a', [...rights])
    const bob = enter(conversations, 'bob', 'a')
    expect(relay(alice.membership, bob.session.id, offer(...lines)).ok).toBe(true)
  })

  it('refuses a description that it cannot parse, and relays others as parsed', () => {
    const conversations = new Conversations()
    const [alice, bob] = [enter(conversations, 'alice', 'a', ['audio', 'video']), enter(conversations, 'bob', 'a')]
    const odd = offer('m=video 9 X 0', 'a=recvonly', 'a=sendrecv:x')
    expect(relay(alice.membership, bob.session.id, odd)).toEqual({ ok: false, code: 'message_malformed' })
    const plain = 'v=0\no=- 1 2 IN IP4 127.0.0.1\ns=-\nm=audio 9 X 0\na=sendonly'
    relay(alice.membership, bob.session.id, { description: { type: 'answer', sdp: plain } })
    const sdp = `${plain.replaceAll('\n', '\r\n')}\r\n`
    expect(bob.channel.sent).toMatchObject([{ signal: { description: { type: 'answer', sdp } } }])
  })
})
