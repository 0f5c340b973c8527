import { describe, expect, it } from 'vitest'
import { openTestApi, PASSWORD } from '../v1.fixture.ts'

async function open() {
  const api = await openTestApi()
  const { secret: as } = await api.enroll('owner')
  const make = async (path: string, body: object) => (await api.ask('POST', path, { as, body })).body
  const shop = await make('/keys', { name: 'Shop', policy: { origins: ['https://shop.example'], maxTtlSeconds: 60 } })
  const account = await make('/accounts', { email: 'new@example.com', name: 'New', password: PASSWORD, role: 'viewer' })
  const endpoint = await make(`/keys/${shop.apiKey}/webhooks`, { url: 'https://shop.example/' })
  const paths = {
    '/accounts/{accountId}': `/accounts/${account.accountId}`,
    '/keys/{key}/webhooks/{endpointId}': `/keys/${shop.apiKey}/webhooks/${endpoint.endpointId}`,
    '/keys/{key}': `/keys/${shop.apiKey}`,
  }
  return { ...api, as, paths }
}

/** A change of each of them. */
const CHANGES: Readonly<Record<string, object>> = {
  '/accounts/{accountId}': { name: 'Renamed' },
  '/keys/{key}/webhooks/{endpointId}': { description: 'Orders' },
  '/keys/{key}': { policy: { maxTtlSeconds: 90 } },
}

describe('the ETag of a response', () => {
  it('exists for everything that can be changed', async () => {
    const { ask, paths } = await open()
    const document = (await ask('GET', '/openapi.json')).body
    const changed = Object.entries<object>(document.paths).flatMap(([path, methods]) =>
      'patch' in methods ? [path] : [],
    )
    expect(changed.map((path) => path.replace('/api/v1', '')).sort()).toEqual(Object.keys(paths).sort())
  })

  it.each(Object.keys(CHANGES))('of %s is accepted by a change and a deletion until it has changed', async (name) => {
    const { ask, as, paths } = await open()
    const path = paths[name as keyof typeof paths]
    const read = String((await ask('GET', path, { as })).headers['etag'])
    const change = await ask('PATCH', path, { as, headers: { 'if-match': read }, body: CHANGES[name] })
    expect(change.status).toBe(200)
    const changed = String((await ask('GET', path, { as })).headers['etag'])
    expect([changed, changed === read]).toEqual([change.headers['etag'], false])
    expect((await ask('DELETE', path, { as, headers: { 'if-match': read } })).status).toBe(412)
    expect((await ask('DELETE', path, { as, headers: { 'if-match': changed } })).status).toBe(200)
  })
})
