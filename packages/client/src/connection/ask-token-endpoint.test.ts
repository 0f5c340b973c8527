import { afterEach, expect, it, vi } from 'vitest'
import { askTokenEndpoint } from './ask-token-endpoint.ts'
import { TokenSource } from './token-source.ts'

/** Aborts never. */
const NEVER = new AbortController().signal

const answers = (...all: readonly Response[]) => {
  const fetch = vi.fn()
  for (const answer of all) fetch.mockResolvedValueOnce(answer)
  vi.stubGlobal('fetch', fetch)
  return fetch
}

afterEach(() => void vi.unstubAllGlobals())

it('a token comes from the address of the endpoint, asked with the cookies of the page, and kept nowhere', async () => {
  const fetch = answers(Response.json({ token: 'fresh', id: 'alice' }))
  expect(await new TokenSource({ getToken: '/token' }).first(NEVER)).toBe('fresh')
  expect(fetch).toHaveBeenCalledExactlyOnceWith(
    '/token',
    expect.objectContaining({ method: 'POST', body: '{}', credentials: 'include', cache: 'no-store' }),
  )
})

it('an endpoint that gives no token says why', async () => {
  answers(
    Response.json({ status: 401, code: 'not_signed_in', detail: 'Sign in.' }, { status: 401 }),
    new Response('<html>', { status: 502 }),
    Response.json({ jwt: 'fresh' }),
  )
  const source = new TokenSource({ getToken: '/token' })
  await expect(source.ask(NEVER)).rejects.toMatchObject({ status: 401, code: 'not_signed_in', message: 'Sign in.' })
  await expect(source.ask(NEVER)).rejects.toMatchObject({ status: 502, code: undefined })
  await expect(source.ask(NEVER)).rejects.toMatchObject({ name: 'TokenEndpointError', status: 200 })
})

it('an endpoint that is asked too often says when to come back, in seconds', async () => {
  const answer = (retryAfter: string) => Response.json({}, { status: 429, headers: { 'retry-after': retryAfter } })
  answers(answer('7'), answer('Wed, 25 Nov 2026 12:00:00 GMT'))
  const source = new TokenSource({ getToken: '/token' })
  await expect(source.ask(NEVER)).rejects.toMatchObject({ retryAfterSeconds: 7 })
  await expect(source.ask(NEVER)).rejects.toMatchObject({ retryAfterSeconds: undefined })
})

it('what proves who asks and the conversation go along where the page says so', async () => {
  const fetch = answers(Response.json({ token: 'fresh' }))
  await askTokenEndpoint('/token', { headers: { authorization: 'Bearer proof' }, conversation: 'lobby' })
  expect(fetch).toHaveBeenCalledWith(
    '/token',
    expect.objectContaining({
      headers: { authorization: 'Bearer proof', 'content-type': 'application/json' },
      body: '{"conversation":"lobby"}',
    }),
  )
})
