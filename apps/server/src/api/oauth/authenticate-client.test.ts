import { describe, expect, it, vi } from 'vitest'
import { importSecret } from '../../api-key/add-signing-key.ts'
import { FREE_TRIES, MAX_PAUSE_SECONDS } from '../../rate-limit/throttle.ts'
import { MAX_FORM_BYTES } from './form.ts'
import { basic, mint, openTestOAuth } from './oauth.fixture.ts'
import { MAX_REFUSALS_OF_NAME } from './refuse-in-turn.ts'

const INTROSPECT = '/oauth/introspect'
const SECRET = 'a secret of elsewhere: 100% "quotes" + signs'

function formOf(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString()
}

describe('an OAuth client', () => {
  it('authenticates in the header or in the form, with any characters in its secret', async () => {
    const { enroll, post, changeContext, keyring } = await openTestOAuth()
    const { apiKey } = await enroll()
    await importSecret(changeContext, apiKey, { secret: SECRET })
    await keyring.refresh()
    const client = { apiKey, secret: SECRET }
    const token = mint(client)
    const inForm = formOf({ token, client_id: apiKey, client_secret: SECRET })
    expect((await post(INTROSPECT, inForm)).body.active).toBe(true)
    const authorization = basic(client)
    expect((await post(INTROSPECT, formOf({ token }), { authorization })).body.active).toBe(true)
    expect((await post(INTROSPECT, formOf({ token, client_id: apiKey }), { authorization })).body.active).toBe(true)
  })

  it('gets the same refusal if it is unknown or has a wrong secret', async () => {
    const { enroll, ask, post } = await openTestOAuth()
    const client = await enroll()
    const token = mint(client)
    const wrong = await ask(INTROSPECT, { ...client, secret: 'guessed' }, token)
    expect(wrong.status).toBe(401)
    expect(wrong.body.error).toBe('invalid_client')
    expect(wrong.headers['www-authenticate']).toMatch(/^Basic /)
    const nobody = { ...client, apiKey: 'key_of_nobody' }
    const others = [
      await ask(INTROSPECT, nobody, token),
      await post(INTROSPECT, formOf({ token })),
      await post(INTROSPECT, formOf({ token, client_id: client.apiKey })),
      await post(INTROSPECT, formOf({ token }), { authorization: `Bearer ${client.secret}` }),
    ]
    for (const { status, text } of others) expect([status, text]).toEqual([401, wrong.text])
  })

  it('is delayed after repeated refusals, without delaying clients with a valid secret', async () => {
    const { enroll, ask } = await openTestOAuth()
    const client = await enroll()
    const [token, wrong] = [mint(client), { ...client, secret: 'guessed' }]
    for (let at = 0; at < FREE_TRIES; at++) await ask(INTROSPECT, wrong, token)
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    let isAnswered = false
    const guesses = Array.from({ length: MAX_REFUSALS_OF_NAME }, () => ask(INTROSPECT, wrong, token))
    void guesses[0]?.then(() => {
      isAnswered = true
    })
    expect((await ask(INTROSPECT, client, token)).body.active).toBe(true)
    expect(isAnswered).toBe(false)
    expect(await ask(INTROSPECT, wrong, token)).toMatchObject({ status: 429, headers: { 'retry-after': '5' } })
    await vi.advanceTimersByTimeAsync(MAX_REFUSALS_OF_NAME * MAX_PAUSE_SECONDS * 1_000)
    for (const { status } of await Promise.all(guesses)) expect(status).toBe(401)
    vi.useRealTimers()
  })
})

describe('a request that violates the standard', () => {
  it.each([
    ['no token', () => 'client_id=a', {}],
    ['a token without a value', () => 'token=', {}],
    ['a parameter twice', (token: string) => `token=${token}&token=${token}`, {}],
    ['two ways to authenticate', (token: string) => formOf({ token, client_secret: 'a' }), {}],
    ['two names of the client', (token: string) => formOf({ token, client_id: 'another' }), {}],
    ['JSON', (token: string) => JSON.stringify({ token }), { 'content-type': 'application/json' }],
  ])('such as %s is refused as one', async (_what, form, headers) => {
    const { enroll, post } = await openTestOAuth()
    const client = await enroll()
    const answer = await post(INTROSPECT, form(mint(client)), { authorization: basic(client), ...headers })
    expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request'])
    expect(answer.headers['cache-control']).toBe('no-store')
  })

  it('is not read if it is too large', async () => {
    const { enroll, post } = await openTestOAuth()
    const authorization = basic(await enroll())
    const form = `token=${'x'.repeat(MAX_FORM_BYTES - 6)}`
    expect(await post(INTROSPECT, form, { authorization })).toMatchObject({ status: 200, body: { active: false } })
    expect(await post(INTROSPECT, `${form}x`, { authorization })).toMatchObject({
      status: 413,
      body: { error: 'invalid_request' },
    })
  })
})
