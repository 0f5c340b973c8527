import { describe, expect, it } from 'vitest'
import type { Right } from '../../account/role.ts'
import { createApiKey } from '../../keyring/keys.ts'
import { admissionOf, RecordingChannel } from '../../session/session.fixture.ts'
import { openTestApi } from './v1.fixture.ts'

const WHEREABOUTS = { address: '192.0.2.7', origin: 'https://shop.example', userAgent: 'a browser' }

async function openHouse() {
  const { ask, enroll, house } = await openTestApi()
  const { secret: as } = await enroll('viewer')
  const open = (userId: string, expiresAt: number) =>
    house.sessions.open(admissionOf(userId, { expiresAt }), new RecordingChannel(), WHEREABOUTS)
  const [bob, alice, carol] = [open('bob', 3_000), open('alice', 2_000), open('carol', 2_500)]
  for (const [name, members] of Object.entries({ lobby: [bob], Attic: [bob, alice, carol], cellar: [bob, carol] })) {
    const conversation = house.conversations.findOrOpen('shop', name)
    const { permissions } = bob.admission
    for (const session of members) house.conversations.enter(conversation, { session, permissions })
  }

  /** What is told of the items of a list, and how many there are in all. */
  async function list(path: string, name: string) {
    const { body } = await ask('GET', `/keys/shop/${path}`, { as })
    return [body.items.map((item: Record<string, unknown>) => item[name]), body.total]
  }
  return { ask: (path: string) => ask('GET', `/keys/shop/${path}`, { as }), list }
}

describe('the list of live sessions', () => {
  it('is sorted as one likes, and says how many there are', async () => {
    const { list } = await openHouse()
    expect(await list('sessions?sort=userId&limit=2', 'userId')).toEqual([['alice', 'bob'], 3])
    expect(await list('sessions?sort=-until', 'userId')).toEqual([['bob', 'carol', 'alice'], 3])
    expect(await list('sessions?sort=until&search=O', 'userId')).toEqual([['carol', 'bob'], 2])
    expect(await list('sessions?sort=-userId&conversation=cellar', 'userId')).toEqual([['carol', 'bob'], 2])
  })

  it('says where each comes from', async () => {
    const { ask } = await openHouse()
    expect((await ask('sessions?userId=alice')).body.items).toEqual([expect.objectContaining(WHEREABOUTS)])
  })

  it('is not sorted by what it is not sorted by', async () => {
    const { ask } = await openHouse()
    expect((await ask('sessions?sort=address')).status).toBe(400)
  })
})

describe('the list of conversations', () => {
  it('is sorted by name or by members, and searched', async () => {
    const { list } = await openHouse()
    expect(await list('conversations', 'name')).toEqual([['Attic', 'cellar', 'lobby'], 3])
    expect(await list('conversations?sort=-members&limit=2', 'name')).toEqual([['Attic', 'cellar'], 3])
    expect(await list('conversations?search=A', 'name')).toEqual([['Attic', 'cellar'], 2])
  })
})

describe('a preview of a policy', () => {
  it('names sessions to those alone who may look at them', async () => {
    const { ask, enroll, house, store, desk } = await openTestApi()
    const office = { store, seal: desk.seal, now: desk.clock.now }
    const { apiKey } = (await createApiKey(office, { name: 'Shop' })).apiKey
    const { id: sessionId } = house.sessions.open(
      admissionOf('alice', { apiKey, expiresAt: desk.clock.now() + 3_600 }),
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
    expect(house.sessions.size).toBe(1)
  })
})
