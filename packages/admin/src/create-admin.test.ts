import { describe, expect, expectTypeOf, it } from 'vitest'
import { AdminError } from './admin-error.ts'
import { createAdmin } from './create-admin.ts'
import type { components } from './schema.ts'

/** A client that records its requests and gets the given responses in order. */
function adminThatIsAnswered(...answers: readonly Response[]) {
  const requests: Request[] = []
  const left = [...answers]
  const admin = createAdmin({
    url: 'https://rtc.example',
    token: 'sdpat_test',
    async fetch(request) {
      requests.push(request)
      return left.shift() ?? Response.error()
    },
  })
  return { admin, requests }
}

function problem(status: number, body: unknown, type = 'application/problem+json'): Response {
  return new Response(typeof body === 'string' ? body : JSON.stringify(body), {
    status,
    headers: { 'content-type': type },
  })
}

describe('a client of the API', () => {
  it('sends its token, the parameters and the body', async () => {
    const { admin, requests } = adminThatIsAnswered(Response.json({ token: 'minted' }, { status: 201 }))
    const minted = await admin.post('/api/v1/keys/{key}/tokens', {
      params: { path: { key: 'a/b' } },
      body: { id: 'alice' },
    })
    expect(minted).toEqual({ token: 'minted' })
    const [request] = requests
    expect([request?.method, request?.url]).toEqual(['POST', 'https://rtc.example/api/v1/keys/a%2Fb/tokens'])
    expect(request?.headers.get('authorization')).toBe('Bearer sdpat_test')
    expect(await request?.json()).toEqual({ id: 'alice' })
  })

  it.each(['https://shop.example/rtc', 'https://shop.example/rtc/'])('uses the path of %s', async (url) => {
    const addresses: string[] = []
    const admin = createAdmin({
      url,
      async fetch(request) {
        addresses.push(request.url)
        return Response.json({ items: [], nextCursor: null })
      },
    })
    await admin.get('/api/v1/me')
    for await (const _key of admin.list('/api/v1/keys')) expect.unreachable()
    expect(addresses).toEqual(['https://shop.example/rtc/api/v1/me', 'https://shop.example/rtc/api/v1/keys'])
  })

  it('types the request and response of each route', () => {
    const { admin } = adminThatIsAnswered()
    const look = () => admin.get('/api/v1/keys/{key}', { params: { path: { key: 'shop' } } })
    expectTypeOf(look).returns.resolves.toEqualTypeOf<components['schemas']['ApiKey']>()
    const list = () => admin.list('/api/v1/keys')
    expectTypeOf(list).returns.toEqualTypeOf<AsyncGenerator<components['schemas']['ApiKey'], void, void>>()
    // @ts-expect-error: the route does not exist.
    void (() => admin.get('/api/v1/nothing'))
    // @ts-expect-error: it is not a list.
    void (() => admin.list('/api/v1/me'))
    // @ts-expect-error: the API key is missing.
    void (() => admin.get('/api/v1/keys/{key}'))
    // @ts-expect-error: a user id is a string.
    void (() => admin.post('/api/v1/keys/{key}/tokens', { params: { path: { key: 'shop' } }, body: { id: 1 } }))
    // Fields with a default are optional.
    const body = { email: 'a@example.com', name: 'A', password: 'a sentence that is long enough' }
    void (() => admin.post('/api/v1/accounts', { body }))
  })

  it('throws the problem', async () => {
    const errors = [{ field: 'name', message: 'is missing' }]
    const { admin } = adminThatIsAnswered(
      problem(400, { title: 'Bad', code: 'malformed', detail: 'See errors.', errors }),
    )
    const refused = admin.post('/api/v1/keys', { body: { name: '' } })
    await expect(refused).rejects.toBeInstanceOf(AdminError)
    await expect(refused).rejects.toMatchObject({ status: 400, code: 'malformed', detail: 'See errors.', errors })
  })

  it.each([
    ['a page of a proxy', problem(502, '<html>', 'text/html')],
    ['a problem that cannot be read', problem(502, '{')],
  ])('throws with the status where the answer is %s', async (_what, answer) => {
    const { admin } = adminThatIsAnswered(answer)
    await expect(admin.get('/api/v1/me')).rejects.toMatchObject({ status: 502, code: 'unknown', errors: [] })
  })
})

describe('a list', () => {
  const page = (names: string[], nextCursor: string | null) => Response.json({ items: names, nextCursor })

  it('fetches page after page with the same parameters', async () => {
    const { admin, requests } = adminThatIsAnswered(page(['a', 'b'], 'next'), page([], 'more'), page(['c'], null))
    const seen = []
    for await (const item of admin.list('/api/v1/keys', { params: { query: { limit: 2 } } })) seen.push(item)
    expect(seen).toEqual(['a', 'b', 'c'])
    expect(requests.map(({ url }) => new URL(url).search)).toEqual([
      '?limit=2',
      '?limit=2&cursor=next',
      '?limit=2&cursor=more',
    ])
  })

  it('fetches a page only when it is needed', async () => {
    const { admin, requests } = adminThatIsAnswered(page(['a', 'b'], 'next'))
    for await (const _item of admin.list('/api/v1/keys')) break
    expect(requests).toHaveLength(1)
  })
})
