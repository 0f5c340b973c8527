import { describe, expect, it } from 'vitest'
import type { Right } from '../../../account/role.ts'
import { createApiKey } from '../../../api-key/keys.ts'
import { admissionOf, RecordingChannel } from '../../../session/session.fixture.ts'
import { openTestApi } from '../v1.fixture.ts'

const CLIENT_INFO = { address: '192.0.2.7', origin: 'https://shop.example', userAgent: 'a browser' }

async function openPlatform() {
  const { ask, enroll, operations } = await openTestApi()
  const { secret: as } = await enroll('viewer')
  const open = (userId: string, expiresAt: number) =>
    operations.sessions.open(admissionOf(userId, { expiresAt }), new RecordingChannel(), CLIENT_INFO)
  const [bob, alice, carol] = [open('bob', 3_000), open('alice', 2_000), open('carol', 2_500)]
  for (const [name, members] of Object.entries({ lobby: [bob], Attic: [bob, alice, carol], cellar: [bob, carol] })) {
    const conversation = operations.conversations.findOrOpen('shop', name)
    const { permissions } = bob.admission
    for (const session of members) operations.conversations.enter(conversation, { session, permissions })
  }

  /** The shown fields of the items of a list, and the total. */
  async function list(path: string, name: string) {
    const { body } = await ask('GET', `/keys/shop/${path}`, { as })
    return [body.items.map((item: Record<string, unknown>) => item[name]), body.total]
  }
  return { ask: (path: string) => ask('GET', `/keys/shop/${path}`, { as }), list }
}

describe('the list of live sessions', () => {
  it('can be sorted, and includes the total', async () => {
    const { list } = await openPlatform()
    expect(await list('sessions?sort=userId&limit=2', 'userId')).toEqual([['alice', 'bob'], 3])
    expect(await list('sessions?sort=-until', 'userId')).toEqual([['bob', 'carol', 'alice'], 3])
    expect(await list('sessions?sort=until&search=O', 'userId')).toEqual([['carol', 'bob'], 2])
    expect(await list('sessions?sort=-userId&conversation=cellar', 'userId')).toEqual([['carol', 'bob'], 2])
  })

  it('includes the client info of each', async () => {
    const { ask } = await openPlatform()
    expect((await ask('sessions?userId=alice')).body.items).toEqual([expect.objectContaining(CLIENT_INFO)])
  })

  it('rejects an unknown sort order', async () => {
    const { ask } = await openPlatform()
    expect((await ask('sessions?sort=address')).status).toBe(400)
  })
})

describe('the list of conversations', () => {
  it('can be sorted by name or by members, and searched', async () => {
    const { list } = await openPlatform()
    expect(await list('conversations', 'name')).toEqual([['Attic', 'cellar', 'lobby'], 3])
    expect(await list('conversations?sort=-members&limit=2', 'name')).toEqual([['Attic', 'cellar'], 3])
    expect(await list('conversations?search=A', 'name')).toEqual([['Attic', 'cellar'], 2])
  })
})

describe('a preview of a policy', () => {
  it('names sessions only to callers that can read them', async () => {
    const { ask, enroll, operations, store, context } = await openTestApi()
    const changeContext = { store, seal: context.seal, now: context.clock.now }
    const { apiKey } = (await createApiKey(changeContext, { name: 'Shop' })).apiKey
    const { id: sessionId } = operations.sessions.open(
      admissionOf('alice', { apiKey, expiresAt: context.clock.now() + 3_600 }),
      new RecordingChannel(),
    )
    const preview = async (rights: Right[]) => {
      const { secret: as } = await enroll('viewer', { token: { rights } })
      const body = { policy: { origins: ['https://shop.example'] } }
      return (await ask('POST', `/keys/${apiKey}/policy/preview`, { as, body })).body
    }
    expect(await preview(['keys:read'])).toMatchObject({ sessions: 1, wouldEnd: 1, examples: [] })
    const examples = [{ sessionId, userId: 'alice' }]
    expect(await preview(['keys:read', 'sessions:read'])).toMatchObject({ wouldEnd: 1, examples })
    expect(operations.sessions.size).toBe(1)
  })
})

describe('the lists of stored records', () => {
  it('of API keys and of accounts can be searched and sorted, and include the total', async () => {
    const { ask, enroll, store, context } = await openTestApi()
    const { secret: as } = await enroll('owner', { email: 'zoe@example.com' })
    await enroll('viewer', { email: 'adam@example.com' })
    const changeContext = { store, seal: context.seal, now: context.clock.now }
    for (const name of ['Shop', 'archive', 'Shoe stall']) await createApiKey(changeContext, { name })
    const list = async (path: string, of: string) => {
      const { body } = await ask('GET', path, { as })
      return [body.items.map((item: Record<string, unknown>) => item[of]), body.total]
    }
    expect(await list('/keys?sort=name', 'name')).toEqual([['archive', 'Shoe stall', 'Shop'], 3])
    expect(await list('/keys?sort=-name&search=SHO&limit=1', 'name')).toEqual([['Shop'], 2])
    expect(await list('/accounts?sort=email', 'email')).toEqual([['adam@example.com', 'zoe@example.com'], 2])
    expect(await list('/accounts?search=ZOE', 'email')).toEqual([['zoe@example.com'], 1])
    expect((await list('/accounts?search=somebody', 'email'))[1]).toBe(2)
  })

  it('of the audit log can be filtered by action, actor, target and time, page by page', async () => {
    const { ask, enroll } = await openTestApi()
    const { secret: as, account } = await enroll('owner')
    const keys: string[] = []
    for (const name of ['one', 'two', 'three'])
      keys.push((await ask('POST', '/keys', { as, body: { name } })).body.apiKey)
    await ask('PATCH', `/keys/${keys[0]}`, { as, body: { name: 'renamed' } })
    await ask('POST', `/keys/${keys[0]}/tokens`, { as, body: { id: 'alice' } })
    const actions = async (query: string) => {
      const { body } = await ask('GET', `/audit?${query}`, { as })
      return [body.items.map(({ action }: { action: string }) => action), body.nextCursor]
    }
    const [first, cursor] = await actions(`action=api_key.created&actor=${account.accountId}&limit=2`)
    expect(first).toEqual(['api_key.created', 'api_key.created'])
    expect(await actions(`action=api_key.created&limit=2&cursor=${cursor}`)).toEqual([['api_key.created'], null])
    expect((await actions('action=api_key.'))[0]).toHaveLength(4)
    expect((await actions('subject=alice'))[0]).toEqual(['access_token.minted'])
    expect((await actions('until=1'))[0]).toEqual([])
    expect((await ask('GET', `/keys/${keys[1]}/audit?action=api_key.`, { as })).body.items).toHaveLength(1)
    expect((await ask('GET', '/audit?subject=%00', { as })).status).toBe(400)
  })
})
