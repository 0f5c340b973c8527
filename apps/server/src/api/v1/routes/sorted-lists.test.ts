import { describe, expect, it } from 'vitest'
import { MAX_ENDPOINT_URL_LENGTH } from '../../../events/webhook/read-endpoint-url.ts'
import { reportOf } from '../../../refusal-log/refusal.fixture.ts'
import { openTestApi } from '../v1.fixture.ts'

const START = 1_000
/** More than any list here contains. */
const MAX_PAGES = 10

/** The API of a platform whose clock the test sets, and an owner who queries an API key. */
async function openShop() {
  let now = START
  const api = await openTestApi({ clock: { now: () => now, after: () => () => {} } })
  const { secret: as, account } = await api.enroll('owner')
  const credentials: { as?: string; headers?: Record<string, string> } = { as }
  const make = async (path: string, body: object, at = START) => {
    now = at
    const { status, body: made, text } = await api.ask('POST', path, { ...credentials, body })
    expect(status, text).toBe(201)
    return made
  }
  const { apiKey, secret } = await make('/keys', { name: 'Shop' })

  /** The shown fields of each item, two per page, and the total if there is one. */
  async function walk(path: string, name: string) {
    const seen: unknown[] = []
    let cursor = ''
    for (let pages = 0; pages < MAX_PAGES; pages++) {
      const { body, status, text } = await api.ask('GET', `${path}&limit=2${cursor}`, credentials)
      expect(status, text).toBe(200)
      expect(body.items.length).toBeLessThanOrEqual(2)
      seen.push(...body.items.map((item: Record<string, unknown>) => item[name]))
      if (body.nextCursor === null) return [seen, body.total]
      cursor = `&cursor=${body.nextCursor}`
    }
    throw new Error(`${path} has no end`)
  }

  /** The responses to a cursor of one order with that order and another, and to an unknown order. */
  async function tryCursor(path: string, sort: string, other: string) {
    const { nextCursor } = (await api.ask('GET', `${path}?limit=1&sort=${sort}`, credentials)).body
    const codes: unknown[] = []
    for (const query of [`sort=${sort}&cursor=${nextCursor}`, `sort=${other}&cursor=${nextCursor}`, 'sort=nothing']) {
      const { status, body } = await api.ask('GET', `${path}?limit=1&${query}`, credentials)
      codes.push(status === 200 ? status : body.code)
    }
    return codes
  }

  /** From then on, a logged-in browser sends the requests. */
  async function logIn() {
    delete credentials.as
    credentials.headers = await api.logIn(account.accountId)
  }

  return { ...api, as, logIn, apiKey, keyId: secret.keyId as string, path: `/keys/${apiKey}`, make, walk, tryCursor }
}

const HELD_TO_ITS_ORDER = [200, 'malformed', 'malformed']

describe('the list of signing keys', () => {
  it('can be sorted by age, name and use, and searched', async () => {
    const { operations, apiKey, keyId, path, make, walk, tryCursor } = await openShop()
    const list = `${path}/signing-keys`
    await make(list, { kind: 'secret', keyId: 'Zebra' }, START + 2)
    await make(list, { kind: 'secret', keyId: 'ape' }, START + 1)
    operations.keyUses.note(apiKey, 'ape', START + 5)
    expect(await walk(`${list}?sort=createdAt`, 'keyId')).toEqual([[keyId, 'ape', 'Zebra'], 3])
    expect(await walk(`${list}?`, 'keyId')).toEqual([[keyId, 'ape', 'Zebra'], 3])
    expect(await walk(`${list}?sort=-keyId`, 'keyId')).toEqual([['Zebra', keyId, 'ape'], 3])
    expect(await walk(`${list}?sort=lastUsedAt`, 'lastUsedAt')).toEqual([[null, null, START + 5], 3])
    expect(await walk(`${list}?sort=-sessions&search=ZEB`, 'keyId')).toEqual([['Zebra'], 1])
    expect(await tryCursor(list, 'keyId', '-keyId')).toEqual(HELD_TO_ITS_ORDER)
  })
})

describe('the list of webhook endpoints', () => {
  it('can be sorted by age, URL and state, and searched by URL and description', async () => {
    const { ask, as, path, make, walk, tryCursor } = await openShop()
    const list = `${path}/webhooks`
    const long = `https://b.example/${'x'.repeat(MAX_ENDPOINT_URL_LENGTH - 18)}`
    await make(list, { url: 'https://c.example/' }, START)
    const { endpointId } = await make(list, { url: long, description: 'Orders' }, START + 2)
    await make(list, { url: 'https://a.example/', description: 'the rest' }, START + 1)
    await ask('PATCH', `${list}/${endpointId}`, { as, body: { state: 'disabled' } })
    const [a, c] = ['https://a.example/', 'https://c.example/']
    expect(await walk(`${list}?sort=createdAt`, 'url')).toEqual([[c, a, long], 3])
    expect(await walk(`${list}?sort=url`, 'url')).toEqual([[a, long, c], 3])
    expect(await walk(`${list}?sort=-state`, 'state')).toEqual([['disabled', 'active', 'active'], 3])
    expect(await walk(`${list}?search=ORDER`, 'url')).toEqual([[long], 1])
    expect(await walk(`${list}?search=A.EX`, 'url')).toEqual([[a], 1])
    expect(await tryCursor(list, '-url', 'url')).toEqual(HELD_TO_ITS_ORDER)
  })
})

describe('the list of one’s personal access tokens', () => {
  it('can be sorted by age, name, expiry and use, and searched', async () => {
    const { store, ask, as, logIn, make, walk, tryCursor } = await openShop()
    await ask('GET', '/me', { as })
    await logIn()
    const create = (name: string, lifeSeconds: number, at: number) =>
      make('/me/tokens', { name, rights: ['keys:read'], lifeSeconds }, at)
    await create('deploy', 500, START)
    const { tokenId } = await create('Backup', 60, START + 2)
    await create('alerts', 100, START + 1)
    await store.recordPersonalTokenUse(tokenId, START + 5)
    // The fourth one is older than this test's clock: it is called “test”, and was used once.
    expect(await walk('/me/tokens?sort=createdAt', 'name')).toEqual([['deploy', 'alerts', 'Backup', 'test'], 4])
    expect(await walk('/me/tokens?sort=name', 'name')).toEqual([['alerts', 'Backup', 'deploy', 'test'], 4])
    expect(await walk('/me/tokens?sort=expiresAt', 'name')).toEqual([['Backup', 'alerts', 'deploy', 'test'], 4])
    expect((await walk('/me/tokens?sort=lastUsedAt&search=E', 'lastUsedAt'))[0]).toEqual([
      null,
      null,
      expect.any(Number),
    ])
    expect(await walk('/me/tokens?search=UP', 'name')).toEqual([['Backup'], 1])
    expect(await tryCursor('/me/tokens', 'name', 'createdAt')).toEqual(HELD_TO_ITS_ORDER)
  })
})

describe('the list of revocations', () => {
  it('can be sorted by age, end and subject, filtered by kind, and searched', async () => {
    const { path, make, walk, tryCursor } = await openShop()
    const list = `${path}/revocations`
    await make(list, { kind: 'user', subject: 'carol' }, START)
    await make(list, { kind: 'user', subject: 'Alice' }, START + 2)
    await make(list, { kind: 'token', subject: 'bob’s' }, START + 1)
    expect(await walk(`${list}?sort=revokedAt`, 'subject')).toEqual([['carol', 'bob’s', 'Alice'], 3])
    expect(await walk(`${list}?sort=-forgetAt`, 'subject')).toEqual([['Alice', 'bob’s', 'carol'], 3])
    expect(await walk(`${list}?sort=subject`, 'subject')).toEqual([['Alice', 'bob’s', 'carol'], 3])
    expect(await walk(`${list}?kind=user&search=O`, 'subject')).toEqual([['carol'], 1])
    expect(await tryCursor(list, 'subject', '-subject')).toEqual(HELD_TO_ITS_ORDER)
  })
})

describe('the list of refusals', () => {
  it('can be sorted by time, number, user and reason, with any filter', async () => {
    const { operations, apiKey, path, walk, tryCursor } = await openShop()
    const note = (userId: string, at: number, code: 'token_expired' | 'token_missing' = 'token_expired') =>
      operations.refusals.note(reportOf({ apiKey, userId, at, code }))
    note('Carol', 100)
    note('bob', 200, 'token_missing')
    note('alice', 300)
    note('Carol', 400)
    const list = `${path}/refusals`
    expect(await walk(`${list}?code=token_expired`, 'userId')).toEqual([['Carol', 'alice'], 2])
    expect(await walk(`${list}?sort=-lastAt`, 'userId')).toEqual([['Carol', 'alice', 'bob'], 3])
    expect(await walk(`${list}?sort=firstAt`, 'userId')).toEqual([['Carol', 'bob', 'alice'], 3])
    expect(await walk(`${list}?sort=-count&search=A`, 'count')).toEqual([[2, 1], 2])
    expect(await walk(`${list}?sort=userId`, 'userId')).toEqual([['alice', 'bob', 'Carol'], 3])
    expect(await walk(`${list}?sort=-code`, 'code')).toEqual([['token_missing', 'token_expired', 'token_expired'], 3])
    expect(await tryCursor(list, 'lastAt', '-lastAt')).toEqual(HELD_TO_ITS_ORDER)
  })
})

describe('the audit log', () => {
  it('is told from either end, whatever it is held to', async () => {
    const { path, make, walk, tryCursor } = await openShop()
    for (const subject of ['a', 'b', 'c']) await make(`${path}/revocations`, { kind: 'user', subject })
    const made = `${path}/audit?action=revocation.made`
    expect((await walk(made, 'subject'))[0]).toEqual(['c', 'b', 'a'])
    expect((await walk(`${made}&sort=-at`, 'subject'))[0]).toEqual(['c', 'b', 'a'])
    expect((await walk(`${made}&sort=at`, 'subject'))[0]).toEqual(['a', 'b', 'c'])
    expect((await walk('/audit?sort=at&subject=b', 'action'))[0]).toEqual(['revocation.made'])
    for (const list of ['/audit', `${path}/audit`]) {
      expect(await tryCursor(list, 'at', '-at')).toEqual(HELD_TO_ITS_ORDER)
      expect(await tryCursor(list, '-at', 'at')).toEqual(HELD_TO_ITS_ORDER)
    }
  })
})

describe('the list of deliveries', () => {
  it('is told from either end, whatever it is held to', async () => {
    const { path, make, walk, tryCursor } = await openShop()
    const { endpointId } = await make(`${path}/webhooks`, { url: 'https://hooks.example/' })
    const place = `${path}/webhooks/${endpointId}`
    const ids: string[] = []
    for (let at = 0; at < 3; at++) ids.push((await make(`${place}/test`, {}, START + at)).deliveryId)
    const list = `${place}/deliveries`
    expect((await walk(`${list}?type=test`, 'deliveryId'))[0]).toEqual(ids.toReversed())
    expect((await walk(`${list}?sort=createdAt&state=pending`, 'deliveryId'))[0]).toEqual(ids)
    expect(await tryCursor(list, 'createdAt', '-createdAt')).toEqual(HELD_TO_ITS_ORDER)
  })

  it('rejects a made-up cursor', async () => {
    const { ask, as, path, make } = await openShop()
    const { endpointId } = await make(`${path}/webhooks`, { url: 'https://hooks.example/' })
    const list = `${path}/webhooks/${endpointId}/deliveries`
    for (const said of ['dlv_1', '["-createdAt"]', '["-createdAt","\\u0000"]', '["-createdAt",1]']) {
      const cursor = Buffer.from(said).toString('base64url')
      expect(await ask('GET', `${list}?cursor=${cursor}`, { as })).toMatchObject({ status: 400 })
    }
  })
})
