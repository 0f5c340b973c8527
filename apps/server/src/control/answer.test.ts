import { RESUME_SECONDS } from '@stagedoor/protocol'
import { describe, expect, it, vi } from 'vitest'
import { join } from '../conversation/join.ts'
import { publish } from '../conversation/publish.ts'
import { reportOf } from '../refusal-log/refusal.fixture.ts'
import { admissionOf, RecordingChannel } from '../session/session.fixture.ts'
import type { Session } from '../session/session.ts'
import { ANSWERS } from './answer.ts'
import { makeControlContext } from './control.fixture.ts'
import { REQUESTS } from './requests.ts'

function open(context: ReturnType<typeof makeControlContext>, userId: string, apiKey = 'shop') {
  const channel = new RecordingChannel()
  return { channel, session: context.sessions.open(admissionOf(userId, { apiKey }), channel) }
}

function memberOf(session: Session) {
  return { session, permissions: { role: 'contributor', publish: ['audio'], subscribe: true } as const }
}

/** A conversation of two users, one of whom publishes a stream. */
function openLobby() {
  const context = makeControlContext()
  const [alice, bob] = [open(context, 'alice'), open(context, 'bob')]
  const lobby = context.conversations.findOrOpen('shop', 'lobby')
  for (const { session } of [alice, bob]) context.conversations.enter(lobby, memberOf(session))
  const membership = context.conversations.find(alice.session, 'lobby')
  const stream = { mediaStreamId: 'x', audio: true, video: false, screen: false, audioMuted: false, videoMuted: false }
  const published = membership.ok ? publish(membership.value, stream) : membership
  if (!published.ok) throw new Error('nothing was published')
  return { context, alice, bob, streamId: published.value }
}

describe('a request to a running server', () => {
  it('returns refusals with the page that explains each', async () => {
    const context = makeControlContext()
    const [one, two] = [reportOf(), reportOf({ userId: 'bob' })]
    for (const report of [one, two]) context.refusals.note(report)
    expect(await ANSWERS.list_refusals(context, { userId: 'bob', limit: 10 })).toMatchObject({
      refusals: [{ refusalId: two.refusalId, docs: 'http://docs.example/token_expired' }],
      total: 1,
      keptSince: 1_000,
    })
    const shown = await ANSWERS.show_refusal(context, { refusalId: one.refusalId })
    expect(shown.refusal).toMatchObject({ userId: 'alice', clockDifferenceSeconds: -95, count: 1 })
    expect(REQUESTS.show_refusal.answer.parse(JSON.parse(JSON.stringify(shown)))).toEqual(shown)
    await expect(ANSWERS.show_refusal(context, { refusalId: 'rf_none' })).rejects.toThrow('no store')
  })

  it('returns sessions by API key and user, with their conversations', () => {
    const context = makeControlContext()
    const { session } = open(context, 'alice')
    open(context, 'bob')
    open(context, 'alice', 'other')
    const member = { session, permissions: { role: 'guest', publish: [], subscribe: true } as const }
    context.conversations.enter(context.conversations.findOrOpen('shop', 'lobby'), member)
    expect(ANSWERS.list_sessions(context, { apiKey: 'shop', userId: 'alice', limit: 10 })).toEqual({
      sessions: [
        {
          sessionId: session.id,
          userId: 'alice',
          apiKey: 'shop',
          since: 1_000,
          until: 3_600,
          conversations: ['lobby'],
        },
      ],
      total: 1,
    })
    expect(ANSWERS.list_sessions(context, { limit: 2 })).toMatchObject({ sessions: { length: 2 }, total: 3 })
  })

  it('returns the key that signed a session’s token, and until when a disconnected client can resume', () => {
    const context = makeControlContext()
    const session = context.sessions.open(admissionOf('alice', { keyId: 'one' }), new RecordingChannel())
    const list = () => ANSWERS.list_sessions(context, { limit: 1 }).sessions[0]
    expect(list()).toMatchObject({ keyId: 'one', reconnectUntil: undefined })
    context.sessions.suspend(session)
    expect(list()).toMatchObject({ reconnectUntil: 1_000 + RESUME_SECONDS })
    context.sessions.resume(session, new RecordingChannel(), 0)
    expect(list()).toMatchObject({ reconnectUntil: undefined })
  })

  it('closes exactly the named session', async () => {
    const context = makeControlContext()
    const [alice, bob] = [open(context, 'alice'), open(context, 'bob')]
    const closeAndRevoke = vi.spyOn(context, 'closeAndRevoke')
    const closed = await ANSWERS.close_session(context, { sessionId: alice.session.id, ban: undefined })
    expect(closed).toEqual({ session: expect.objectContaining({ userId: 'alice' }), isWrittenDown: true })
    expect([alice.channel.closed, bob.channel.closed]).toEqual([['session_closed'], []])
    expect(await ANSWERS.close_session(context, { sessionId: 'none', ban: 'user' })).toEqual({ session: null })
    expect(closeAndRevoke).not.toHaveBeenCalled()
  })

  it('closes a session with a ban, and reports its outcome', async () => {
    const context = makeControlContext()
    const alice = open(context, 'alice')
    const closeAndRevoke = vi.spyOn(context, 'closeAndRevoke').mockResolvedValue('unavailable')
    expect(await ANSWERS.close_session(context, { sessionId: alice.session.id, ban: 'tokens' })).toEqual({
      session: expect.objectContaining({ userId: 'alice' }),
      outcome: 'unavailable',
      isWrittenDown: true,
    })
    expect(closeAndRevoke).toHaveBeenCalledExactlyOnceWith(alice.session, {
      reason: 'session_closed',
      ban: 'tokens',
      revokedBy: expect.objectContaining({ kind: 'command_line' }),
    })
  })

  it('ejects a session from its conversation, with or without a ban', async () => {
    const context = makeControlContext()
    const { session, channel } = open(context, 'alice')
    const eject = (rest: object) =>
      ANSWERS.eject_session(context, { sessionId: session.id, conversation: 'lobby', ...rest })
    expect(await eject({})).toMatchObject({ session: { userId: 'alice' }, wasIn: false })
    expect(await eject({ sessionId: 'none' })).toEqual({ session: null, wasIn: false })
    join(context.conversations, session, 'lobby')
    expect(await eject({})).toMatchObject({ session: { conversations: ['lobby'] }, wasIn: true })
    expect(channel.sent).toEqual([{ type: 'removed', conversation: 'lobby', code: 'ejected' }])
    expect([channel.closed, context.conversations.of(session)]).toEqual([[], []])
    join(context.conversations, session, 'lobby')
    expect(await eject({ ban: 'tokens' })).toMatchObject({ wasIn: true, outcome: 'banned' })
    expect(channel.closed).toEqual(['ejected'])
  })

  it('records operations with their actor, and nothing if nothing was done', async () => {
    const context = makeControlContext()
    const [alice, bob] = [open(context, 'alice').session, open(context, 'bob').session]
    const ban = { userForSeconds: 60 }
    await ANSWERS.close_session(context, { sessionId: 'none', ban, by: 'root' })
    await ANSWERS.eject_session(context, { sessionId: bob.id, conversation: 'lobby', ban, by: 'root' })
    expect(context.written).toEqual([])
    join(context.conversations, bob, 'lobby')
    await ANSWERS.eject_session(context, { sessionId: bob.id, conversation: 'lobby', ban, by: 'root' })
    await ANSWERS.close_session(context, { sessionId: alice.id, ban: 'tokens', by: 'root' })
    const about = { apiKey: 'shop', by: 'root' }
    expect(
      context.written.map(({ by, noted: { action, apiKey, subject, after } }) => ({
        by,
        action,
        apiKey,
        subject,
        after,
      })),
    ).toEqual([
      {
        ...about,
        action: 'session.ejected',
        subject: bob.id,
        after: { conversation: 'lobby', userId: 'bob', ban },
      },
      { ...about, action: 'session.closed', subject: alice.id, after: { ban: 'tokens' } },
    ])
  })

  it('returns the use of each signing key of an API key', () => {
    const context = makeControlContext()
    context.keyUses.note('shop', 'one', 900)
    context.keyUses.note('shop', 'two', 950)
    context.keyUses.note('elsewhere', 'one', 990)
    for (const keyId of ['two', 'two', 'one']) {
      context.sessions.open({ ...admissionOf('alice'), apiKey: 'shop', keyId }, new RecordingChannel())
    }
    expect(ANSWERS.list_key_uses(context, { apiKey: 'shop' })).toEqual({
      uses: [
        { keyId: 'one', sessions: 1, lastUsedAt: 900 },
        { keyId: 'two', sessions: 2, lastUsedAt: 950 },
      ],
    })
  })

  it('lists the conversations of an API key, and shows their members and streams', () => {
    const { context, alice, streamId } = openLobby()
    context.conversations.enter(context.conversations.findOrOpen('shop', 'attic'), memberOf(alice.session))
    expect(ANSWERS.list_conversations(context, { apiKey: 'shop', limit: 1 })).toEqual({
      conversations: [{ name: 'attic', members: 1, streams: 0 }],
      total: 2,
    })
    expect(ANSWERS.list_conversations(context, { apiKey: 'shop', search: 'LOB', limit: 9 })).toMatchObject({ total: 1 })
    expect(ANSWERS.list_conversations(context, { apiKey: 'other', limit: 9 })).toMatchObject({ total: 0 })
    const lobby = { apiKey: 'shop', conversation: 'lobby' }
    const shown = ANSWERS.show_conversation(context, lobby)
    expect(shown.conversation).toMatchObject({
      members: [{ userId: 'alice' }, { userId: 'bob' }],
      streams: [{ streamId, publisher: alice.session.id, subscribers: [] }],
    })
    expect(REQUESTS.show_conversation.answer.parse(shown)).toEqual(shown)
    expect(ANSWERS.show_conversation(context, { ...lobby, apiKey: 'other' })).toEqual({ conversation: null })
  })

  it('closes a conversation: removes its members, whose sessions stay open, and records it', async () => {
    const { context, alice, bob } = openLobby()
    const lobby = { apiKey: 'shop', conversation: 'lobby', by: 'root' }
    expect(await ANSWERS.close_conversation(context, lobby)).toEqual({ closed: { members: 2, isWrittenDown: true } })
    expect(await ANSWERS.close_conversation(context, lobby)).toEqual({ closed: null })
    for (const { channel } of [alice, bob]) {
      expect(channel.sent).toContainEqual({ type: 'removed', conversation: 'lobby', code: 'ejected' })
      expect(channel.closed).toEqual([])
    }
    expect(context.conversations.size).toBe(0)
    expect(context.written).toEqual([
      {
        by: 'root',
        noted: { action: 'conversation.closed', apiKey: 'shop', subject: 'lobby', after: { members: 2 } },
      },
    ])
  })

  it('sends a message to every member of a conversation, and records it without the text', async () => {
    const { context, alice, bob } = openLobby()
    const message = { apiKey: 'shop', conversation: 'lobby', text: 'Closing soon', by: 'root' }
    expect(await ANSWERS.send_message(context, message)).toEqual({ sent: { members: 2, isWrittenDown: true } })
    expect(await ANSWERS.send_message(context, { ...message, conversation: 'attic' })).toEqual({ sent: null })
    for (const { channel } of [alice, bob]) {
      expect(channel.sent).toContainEqual({
        type: 'announcement',
        conversation: 'lobby',
        text: 'Closing soon',
        sentAt: 1_000,
      })
    }
    expect(JSON.stringify(context.written)).not.toContain('Closing')
    expect(context.written).toMatchObject([{ noted: { action: 'conversation.announced', subject: 'lobby' } }])
  })

  it('mutes a stream of the session that publishes it, under its API key only', async () => {
    const { context, alice, bob, streamId } = openLobby()
    const asks = { apiKey: 'shop', conversation: 'lobby', streamId, audio: true, video: false, by: 'root' }
    const muteAs = (sessionId: string, rest: object = {}) =>
      ANSWERS.mute_stream(context, { ...asks, sessionId, ...rest })
    expect(await muteAs(bob.session.id)).toEqual({ muted: null })
    expect(await muteAs(alice.session.id, { apiKey: 'other' })).toEqual({ muted: null })
    expect(await muteAs(alice.session.id)).toEqual({ muted: { isWrittenDown: true } })
    expect(alice.channel.sent).toContainEqual(expect.objectContaining({ type: 'silenced', streamId, audio: true }))
    expect(context.written).toMatchObject([{ noted: { action: 'stream.muted', subject: streamId } }])
  })

  it('makes a dry run with the registrar and the open conversations', async () => {
    const context = makeControlContext()
    vi.spyOn(context.conversations, 'countContacts').mockReturnValue(7)
    const question = { apiKey: 'shop', id: 'alice', conversation: 'lobby', publish: [] }
    const answer = await ANSWERS.explain(context, question)
    expect(answer).toMatchObject({
      ok: true,
      checks: { conversation: [{}, { message: '7 of 200 members' }] },
    })
    expect(context.conversations.countContacts).toHaveBeenCalledExactlyOnceWith('shop', 'lobby')
  })
})
