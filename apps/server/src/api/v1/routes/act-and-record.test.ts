import { describe, expect, it, vi } from 'vitest'
import { publish } from '../../../conversation/publish.ts'
import { createLog } from '../../../observe/log.ts'
import { admissionOf, RecordingChannel } from '../../../session/session.fixture.ts'
import { StoreDownError } from '../../../store-down.ts'
import { openTestApi } from '../v1.fixture.ts'

async function open() {
  const log = createLog({ level: 'silent', pretty: false })
  const error = vi.spyOn(log, 'error')
  const api = await openTestApi({ log })
  const { secret: as, account } = await api.enroll('owner')
  const { sessions, conversations } = api.operations
  const session = sessions.open(admissionOf('alice'), new RecordingChannel())
  conversations.enter(conversations.findOrOpen('shop', 'lobby'), {
    session,
    permissions: session.admission.permissions,
  })
  const membership = conversations.find(session, 'lobby')
  const media = { mediaStreamId: 'x', audio: true, video: false, screen: false, audioMuted: false, videoMuted: false }
  const published = membership.ok ? publish(membership.value, media) : membership
  const streamId = published.ok ? published.value : ''
  const requests = {
    close: [`/keys/shop/sessions/${session.id}/close`, {}, 'session.closed'],
    eject: ['/keys/shop/conversations/lobby/eject', { sessionId: session.id }, 'session.ejected'],
    'close a conversation': ['/keys/shop/conversations/lobby/close', undefined, 'conversation.closed'],
    mute: ['/keys/shop/conversations/lobby/mute', { sessionId: session.id, streamId }, 'stream.muted'],
  } as const
  const act = (what: keyof typeof requests) => api.ask('POST', requests[what][0], { as, body: requests[what][1] })
  return { ...api, as, account, session, error, act, actionOf: (what: keyof typeof requests) => requests[what][2] }
}

const ACTS = ['close', 'eject', 'close a conversation', 'mute'] as const

describe('a live operation over the API', () => {
  it.each(ACTS)('is in the audit log with its actor: %s', async (what) => {
    const { act, actionOf, ask, as, account } = await open()
    expect(await act(what)).toMatchObject({ status: 200, body: { audited: true } })
    const entries = (await ask('GET', '/audit', { as })).body.items
    expect(entries).toMatchObject([
      { action: actionOf(what), apiKey: 'shop', address: '127.0.0.1', actor: { kind: 'token', id: account.accountId } },
    ])
  })

  it.each(ACTS)('is in the log if the audit log cannot record it, and still succeeds: %s', async (what) => {
    const { act, actionOf, store, error, account } = await open()
    vi.spyOn(store, 'transaction').mockRejectedValue(new StoreDownError('gone'))
    expect(await act(what)).toMatchObject({ status: 200, body: { audited: false } })
    expect(error).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({
        actor: { kind: 'token', id: account.accountId, name: account.email },
        noted: expect.objectContaining({ action: actionOf(what), apiKey: 'shop' }),
      }),
      expect.any(String),
    )
  })

  it('is recorded even if its tokens could not be revoked, or it failed partially', async () => {
    for (const failure of [new StoreDownError('gone'), new Error('a fault')]) {
      const { ask, as, operations, session, store } = await open()
      vi.spyOn(operations, 'closeAndRevoke').mockImplementation(async (kept, { reason }) => {
        kept.close(reason)
        if (failure instanceof StoreDownError) return 'unavailable'
        throw failure
      })
      const answer = await ask('POST', `/keys/shop/sessions/${session.id}/close`, { as, body: { ban: 'tokens' } })
      expect(answer.status).toBe(failure instanceof StoreDownError ? 503 : 500)
      expect(await store.listAudit({ limit: 9 })).toMatchObject([{ action: 'session.closed', subject: session.id }])
    }
  })

  it('does nothing without a target, and is then not recorded', async () => {
    const { ask, as, session } = await open()
    const body = { sessionId: session.id, streamId: 'none' }
    expect(
      (await ask('POST', '/keys/shop/conversations/attic/eject', { as, body: { sessionId: session.id } })).status,
    ).toBe(404)
    expect((await ask('POST', '/keys/shop/conversations/lobby/mute', { as, body })).status).toBe(404)
    expect((await ask('POST', '/keys/shop/conversations/attic/close', { as })).status).toBe(404)
    expect((await ask('GET', '/audit', { as })).body.items).toEqual([])
  })
})
