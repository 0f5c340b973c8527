import { describe, expect, it, vi } from 'vitest'
import { watchForFaults } from './adapters/hostile.fixture.ts'
import { toNodeListener } from './adapters/node.ts'
import { createTokenEndpoint } from './create-token-endpoint.ts'
import type { TokenEndpointOptions } from './endpoint-options.ts'

const FAILURE = new Error('the database is gone')
const fail = () => Promise.reject(FAILURE)

function ask(options: Partial<TokenEndpointOptions>, body: BodyInit = '{}'): Promise<Response> {
  const endpoint = createTokenEndpoint({
    apiKey: 'shop',
    secret: 'the secret of a test, not of anybody else',
    authenticate: () => 'alice',
    ...options,
  })
  const headers = { 'content-type': 'application/json' }
  return endpoint(
    new Request('https://shop.example/token', { method: 'POST', headers, body, duplex: 'half' } as RequestInit),
  )
}

describe('a failing hook', () => {
  it.each<[string, object, number]>([
    ['an audit that rejects', { audit: fail }, 200],
    ['an authenticate that rejects', { authenticate: fail }, 503],
    ['grants that reject', { grants: fail }, 503],
    ['a user id that was not waited for', { authenticate: () => ({ id: fail() }) }, 500],
    ['user data that were not waited for', { authenticate: () => ({ id: 'alice', userData: fail() }) }, 500],
    [
      'user data of which a part was not waited for',
      { authenticate: () => ({ id: 'alice', userData: { name: fail() } }) },
      200,
    ],
    ['grants of which each was not waited for', { grants: () => [1, 2].map(fail) }, 500],
  ])('never ends the process: %s', async (_what, options, status) => {
    const { faults, settle } = watchForFaults()
    expect((await ask(options)).status).toBe(status)
    await settle()
    expect(faults).toEqual([])
  })

  it.each(['authenticate', 'grants'])('never ends the process if it fails late: %s', async (name) => {
    const { faults, settle } = watchForFaults()
    let giveUp: (error: Error) => void = () => {}
    const hook = () =>
      new Promise<never>((_resolve, reject) => {
        giveUp = reject
      })
    expect((await ask({ [name]: hook, timeoutSeconds: 0.01 })).status).toBe(503)
    giveUp(FAILURE)
    await settle()
    expect(faults).toEqual([])
  })
})

describe('a body', () => {
  it('that breaks off is distinguished from a malformed one', async () => {
    const audit = vi.fn()
    const body = new ReadableStream({ pull: (controller) => controller.error(FAILURE) })
    const answer = await ask({ audit }, body)
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'body_incomplete'])
    expect(audit).toHaveBeenCalledWith(expect.objectContaining({ outcome: 'body_incomplete', error: FAILURE }))
  })

  it('must arrive within timeoutSeconds', async () => {
    const answer = await ask({ timeoutSeconds: 0.01 }, new ReadableStream())
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'body_incomplete'])
  })
})

describe('an endpoint that fails in the listener', () => {
  it('is passed to the calling framework', async () => {
    const next = vi.fn()
    const req = { method: 'GET', url: '/', headers: {}, on: vi.fn(), socket: {} }
    const res = { on: vi.fn(), once: vi.fn() }
    await toNodeListener(fail)(req as never, res as never, next)
    expect(next).toHaveBeenCalledWith(FAILURE)
  })

  it('gets 500 without a framework', async () => {
    const req = { method: 'GET', url: '/', headers: {}, on: vi.fn(), socket: {} }
    const res = { on: vi.fn(), once: vi.fn(), writeHead: vi.fn(), end: vi.fn() }
    await toNodeListener(fail)(req as never, res as never)
    expect(res.writeHead).toHaveBeenCalledWith(500, expect.anything())
  })
})
