import { describe, expect, it } from 'vitest'
import { reportOf } from '../../../refusal-log/refusal.fixture.ts'
import { openTestApi } from '../v1.fixture.ts'
import { MAX_STEPS } from './refusal-routes.ts'

async function openWith(now: number) {
  const api = await openTestApi({ clock: { now: () => now, after: () => () => {} } })
  const { ask, enroll, operations } = api
  await api.makeApiKey('shop')
  const { secret: as } = await enroll('viewer', { token: { lifeSeconds: 10 * now } })
  return { operations, enroll, store: api.store, ask: (path: string, who = as) => ask('GET', path, { as: who }) }
}

describe('the counts of refusals', () => {
  it('cover the last day by the hour, by default', async () => {
    const { ask, operations } = await openWith(1_000_000)
    const report = reportOf({ at: 999_000 })
    operations.refusalCounts.note(report)
    operations.hourlyCounts.refused(report)
    const { body } = await ask('/keys/shop/refusals/counts')
    expect(body.steps).toHaveLength(25)
    expect(body.steps.at(-1)).toEqual({ at: 997_200, counts: { token_expired: 1 } })
    expect(body.countedSince).toBe(997_200)
    const { steps } = (await ask('/keys/shop/refusals/counts?since=999000&until=999120&step=60')).body
    expect(steps).toEqual([
      { at: 999_000, counts: { token_expired: 1 } },
      { at: 999_060, counts: {} },
    ])
  })

  it.each([
    [`since=0&until=${60 * MAX_STEPS}&step=60`, 200],
    [`since=0&until=${60 * MAX_STEPS + 1}&step=60`, 400],
    ['since=10&until=10', 400],
    ['step=61', 400],
    ['step=0', 400],
    ['since=soon', 400],
  ])('by %s are answered with %i', async (query, status) => {
    const { ask } = await openWith(1_000_000)
    expect((await ask(`/keys/shop/refusals/counts?${query}`)).status).toBe(status)
  })
})

describe('a refusal', () => {
  it('is found by its id alone, with permission to read refusals of its API key', async () => {
    const { ask, operations, enroll } = await openWith(1_000)
    const report = reportOf({ apiKey: 'shop' })
    operations.refusals.note(report)
    const path = `/refusals/${report.refusalId}`
    expect(await ask(path)).toMatchObject({ status: 200, body: { refusalId: report.refusalId, apiKey: 'shop' } })
    const token = { lifeSeconds: 10_000 }
    const own = await enroll(undefined, { grants: [{ apiKey: 'shop', role: 'viewer' }], token })
    expect((await ask(path, own.secret)).status).toBe(200)
    const other = await enroll('owner', { token: { ...token, apiKey: 'other' } })
    const narrow = await enroll('owner', { token: { ...token, rights: ['sessions:read'] } })
    for (const { secret } of [other, narrow]) {
      const { status, body } = await ask(path, secret)
      expect([status, body]).toEqual([404, (await ask('/refusals/rf_none', secret)).body])
    }
  })

  it('can be listed by a part of the user id and by time', async () => {
    const { ask, operations } = await openWith(1_000)
    for (const [userId, at] of [
      ['Alina', 100],
      ['bob', 200],
    ] as const) {
      operations.refusals.note(reportOf({ apiKey: 'shop', userId, at }))
    }
    const list = async (query: string) =>
      (await ask(`/keys/shop/refusals?${query}`)).body.items.map(({ userId }: { userId: string }) => userId)
    expect(await list('search=ali')).toEqual(['Alina'])
    expect(await list('since=150')).toEqual(['bob'])
    expect(await list('since=50&until=150')).toEqual(['Alina'])
  })
})

describe('the list of refusals', () => {
  it('says since when refusals are kept, and how many were dropped', async () => {
    const { ask, operations, store } = await openWith(1_000_000)
    operations.refusals.note(reportOf({ apiKey: 'shop', at: 999_000 }))
    await operations.refusals.cleanUp()
    const { body } = await ask('/keys/shop/refusals')
    expect(body).toMatchObject({ total: 1, keptSince: 1_000_000, discarded: null })
    const discarded = { count: 3, firstAt: 1_000_000, lastAt: 1_000_001 }
    await store.writeRefusals([], new Map([['shop', discarded]]))
    expect((await ask('/keys/shop/refusals?code=token_missing')).body).toMatchObject({ total: 0, items: [], discarded })
  })

  it('can be filtered by an origin, and by text that no store can hold, without an error', async () => {
    const { ask, operations } = await openWith(1_000)
    operations.refusals.note(reportOf({ apiKey: 'shop', at: 900, origin: 'https://a.example' }))
    const total = async (query: string) => (await ask(`/keys/shop/refusals?${query}`)).body.total
    expect(await total('origin=https://a.example')).toBe(1)
    expect(await total('origin=https://b.example')).toBe(0)
    expect(await total('search=%00')).toBe(0)
    const cursor = Buffer.from(JSON.stringify(['userId', ['\u0000', 'rf_1']])).toString('base64url')
    expect((await ask(`/keys/shop/refusals?sort=userId&cursor=${cursor}`)).status).toBe(400)
  })
})
