import { createTokenVerifier } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { ORIGIN, openTestApi, PASSWORD } from './v1.fixture.ts'

const POST = 'POST' as const

describe('the first account', () => {
  it('is created only with the code that the platform printed', async () => {
    const { ask, context } = await openTestApi()
    const body = { code: 'guessed', email: 'Owner@Example.com', name: 'Owner', password: PASSWORD }
    expect(await ask(POST, '/setup', { body })).toMatchObject({ status: 403, body: { code: 'not_allowed' } })
    const made = await ask(POST, '/setup', { body: { ...body, code: context.setUp.code } })
    expect(made).toMatchObject({ status: 201, body: { email: 'owner@example.com', role: 'owner' } })
    const again = await ask(POST, '/setup', { body: { ...body, code: context.setUp.code ?? '' } })
    expect(again.status).toBe(403)
  })
})

describe('logging in', () => {
  it('sets a cookie that scripts cannot read and that logging out ends', async () => {
    const { ask, enroll } = await openTestApi()
    const { account } = await enroll('owner')
    const body = { email: account.email, password: PASSWORD }
    const { status, headers } = await ask(POST, '/login', { body })
    expect(status).toBe(200)
    const cookie = String(headers['set-cookie'])
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Strict/)
    const [pair = ''] = cookie.split(';')
    expect(await ask('GET', '/me', { headers: { cookie: pair } })).toMatchObject({ body: { email: account.email } })
    const out = await ask(POST, '/logout', { headers: { cookie: pair, 'sec-fetch-site': 'same-origin' } })
    expect(out.body).toEqual({ loggedOut: true })
    expect(await ask('GET', '/me', { headers: { cookie: pair } })).toMatchObject({ status: 401 })
  })

  it.each([
    ['of another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }, 403],
    ['of another site that does not say so', { origin: 'https://evil.example' }, 403],
    ['of a neighbour', { 'sec-fetch-site': 'same-site', origin: 'http://other.stagedoor.example' }, 403],
    ['of nobody', {}, 403],
    ['of the platform', { 'sec-fetch-site': 'same-origin', origin: ORIGIN }, 201],
    ['of the platform in an old browser', { origin: ORIGIN }, 201],
  ])('a change is made with the cookie for a page %s or not', async (_whose, headers, status) => {
    const { ask, enroll } = await openTestApi()
    const { account } = await enroll('owner')
    const login = await ask(POST, '/login', { body: { email: account.email, password: PASSWORD } })
    const cookie = String(login.headers['set-cookie']).split(';')[0] ?? ''
    expect((await ask(POST, '/keys', { body: { name: 'Shop' }, headers: { ...headers, cookie } })).status).toBe(status)
  })

  it('under a base path, sets a cookie for this host and this platform only', async () => {
    const { ask, enroll } = await openTestApi({ publicUrl: () => 'https://shop.example/apps/rtc' })
    const { account } = await enroll('owner')
    const login = await ask(POST, '/login', { body: { email: account.email, password: PASSWORD } })
    const [pair = '', ...attributes] = String(login.headers['set-cookie']).split('; ')
    expect(pair).toMatch(/^__Host-stagedoor\.apps\.rtc=/)
    expect(attributes).toEqual(expect.arrayContaining(['Path=/', 'Secure']))
    expect(attributes.join()).not.toMatch(/domain/i)
    const make = (origin: string) =>
      ask(POST, '/keys', { body: { name: 'Shop' }, headers: { cookie: pair, origin, host: 'internal.example' } })
    expect((await make('https://shop.example')).status).toBe(201)
    expect((await make('https://evil.example')).status).toBe(403)
    const document = await ask('GET', '/openapi.json')
    expect(document.body).toMatchObject({ servers: [{ url: '/apps/rtc' }] })
  })

  it('gets the same refusal with a wrong password and an unknown address, and is recorded', async () => {
    const { ask, enroll } = await openTestApi()
    const { account, secret } = await enroll('owner')
    const [one, two] = [
      await ask(POST, '/login', { body: { email: account.email, password: 'not it' } }),
      await ask(POST, '/login', { body: { email: 'nobody@example.com', password: 'not it' } }),
    ]
    expect(one.status).toBe(401)
    expect(two.body).toEqual(one.body)
    const { body } = await ask('GET', '/audit', { as: secret })
    expect(body.items.map((item: { action: string }) => item.action)).toEqual(['login.refused', 'login.refused'])
  })

  it('has the same delays when confirming the current password, and each failure is recorded', async () => {
    const { ask, enroll } = await openTestApi()
    const { account } = await enroll('owner')
    const login = await ask(POST, '/login', { body: { email: account.email, password: PASSWORD } })
    const headers = { cookie: String(login.headers['set-cookie']).split(';')[0] ?? '', origin: ORIGIN }
    const change = (password: string) =>
      ask(POST, '/me/password', { headers, body: { password, newPassword: `${PASSWORD} again` } })
    const guesses = await Promise.all(Array.from({ length: 10 }, (_none, at) => change(`guess ${at}`)))
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([403, 429]))
    expect((await change(PASSWORD)).status).toBe(200)
    const { body } = await ask('GET', '/audit?action=account.password_refused', { headers: { cookie: headers.cookie } })
    expect(body.items).toHaveLength(guesses.filter(({ status }) => status === 403).length)
  })
})

describe('an API key', () => {
  it('is made, and its secret is shown this once', async () => {
    const { ask, enroll } = await openTestApi()
    const { secret: as } = await enroll('owner')
    const { status, body, headers } = await ask(POST, '/keys', { as, body: { name: 'Shop' } })
    expect([status, headers['cache-control']]).toEqual([201, 'no-store'])
    const canary = body.secret.secret
    expect(canary).toMatch(/^secret_/)
    for (const path of ['/keys', `/keys/${body.apiKey}`, `/keys/${body.apiKey}/signing-keys`, '/audit']) {
      expect((await ask('GET', path, { as })).text).not.toContain(canary)
    }
    const minted = await ask(POST, `/keys/${body.apiKey}/tokens`, { as, body: { id: 'alice' } })
    const keys = [{ algorithm: 'HS256' as const, keyId: body.secret.keyId, secret: canary }]
    expect(createTokenVerifier({ apiKey: body.apiKey, keys })(minted.body.token)).toMatchObject({ ok: true })
  })

  it('is changed on request only if nobody has changed it meanwhile', async () => {
    const { ask, enroll } = await openTestApi()
    const { secret: as } = await enroll('owner')
    const { apiKey } = (await ask(POST, '/keys', { as, body: { name: 'Shop' } })).body
    const { etag } = (await ask('GET', `/keys/${apiKey}`, { as })).headers
    const headers = { 'if-match': String(etag) }
    const first = await ask('PATCH', `/keys/${apiKey}`, { as, headers, body: { name: 'Store' } })
    expect(first).toMatchObject({ status: 200, body: { name: 'Store' } })
    expect(await ask('PATCH', `/keys/${apiKey}`, { as, headers, body: { name: 'Mall' } })).toMatchObject({
      status: 412,
    })
    const next = { 'if-match': String(first.headers.etag) }
    expect(await ask('PATCH', `/keys/${apiKey}`, { as, headers: next, body: { name: 'Mall' } })).toMatchObject({
      status: 200,
    })
  })

  it.each([false, true])(
    'can trust identity providers that the platform can reach, including private ones: %s',
    async (privateProviders) => {
      const { ask, enroll } = await openTestApi({ privateProviders })
      const { secret: as } = await enroll('owner')
      const change = (issuer: string) => ({ policy: { identityProviders: [{ issuer, audience: 'app' }] } })
      const { apiKey } = (await ask(POST, '/keys', { as, body: { name: 'Shop' } })).body
      const address = `/keys/${apiKey}`
      const far = await ask('PATCH', address, { as, body: change('https://login.example') })
      expect([far.status, far.body.policyInWords.join(' ')]).toEqual([
        200,
        expect.stringContaining('https://login.example'),
      ])
      const near = change('http://127.0.0.1:9000')
      const answers = [
        await ask('PATCH', address, { as, body: near }),
        await ask(POST, `${address}/policy/preview`, { as, body: near }),
        await ask(POST, '/keys', { as, body: { name: 'Stall', ...near } }),
      ]
      expect(answers.map(({ status }) => status)).toEqual(privateProviders ? [200, 200, 201] : [422, 422, 422])
      const none = await ask('PATCH', address, { as, body: { policy: { identityProviders: null } } })
      expect(none.body.policy).not.toHaveProperty('identityProviders')
    },
  )

  it('keeps settings of its policy that a change omits, and null resets one', async () => {
    const { ask, enroll } = await openTestApi()
    const { secret: as } = await enroll('owner')
    const policy = { requireToken: true, maxTtlSeconds: 60, origins: ['https://shop.example'] }
    const { apiKey } = (await ask(POST, '/keys', { as, body: { name: 'Shop', policy } })).body
    const changed = await ask('PATCH', `/keys/${apiKey}`, {
      as,
      body: { policy: { allowAnyUser: true, origins: null } },
    })
    expect(changed.body.policy).toMatchObject({ allowAnyUser: true, maxTtlSeconds: 60 })
    expect(changed.body.policy).not.toHaveProperty('origins')
  })

  it('is made once where the request is repeated under its name', async () => {
    const { ask, enroll, store } = await openTestApi()
    const { secret: as } = await enroll('owner')
    const make = (name: string) => ask(POST, '/keys', { as, body: { name }, headers: { 'idempotency-key': 'one' } })
    const answers = await Promise.all([make('Shop'), make('Shop'), make('Shop')])
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
    expect(await store.listApiKeys()).toHaveLength(1)
    expect(await make('Another')).toMatchObject({ status: 409 })
  })

  it('rejects a key set at a URL that the platform would never contact', async () => {
    const { ask, enroll } = await openTestApi()
    const { secret: as } = await enroll('owner')
    const { apiKey } = (await ask(POST, '/keys', { as, body: { name: 'Shop' } })).body
    const add = (url: string) => ask(POST, `/keys/${apiKey}/signing-keys`, { as, body: { kind: 'key_set', url } })
    for (const url of ['https://169.254.169.254/keys', 'http://127.0.0.1/keys', 'no address']) {
      expect(await add(url)).toMatchObject({ status: 422, body: { code: 'not_usable' } })
    }
    expect((await add('https://login.example/keys')).status).toBe(201)
  })

  it('can be imported, unless it already exists or is not valid in a URL', async () => {
    const { ask, enroll } = await openTestApi()
    const { secret: as } = await enroll('owner')
    const bring = (apiKey: string) => ask(POST, '/keys', { as, body: { name: 'Shop', apiKey } })
    expect(await bring('my-old-key')).toMatchObject({ status: 201, body: { apiKey: 'my-old-key', name: 'Shop' } })
    expect(await bring('my-old-key')).toMatchObject({ status: 409, body: { code: 'conflict' } })
    expect((await bring('x'.repeat(128))).status).toBe(201)
    // Roles for it, and tokens that were revoked under it, would become valid again.
    await ask('DELETE', '/keys/my-old-key', { as })
    expect(await bring('my-old-key')).toMatchObject({ status: 409, body: { code: 'conflict' } })
    for (const bad of ['x'.repeat(129), '../keys', '<script>']) {
      expect(await bring(bad)).toMatchObject({ status: 400, body: { errors: [{ field: 'apiKey' }] } })
    }
  })

  it('is listed in pages without omissions or repetitions', async () => {
    const { ask, enroll } = await openTestApi()
    const { secret: as } = await enroll('owner')
    const made: string[] = []
    for (let at = 0; at < 5; at++) made.push((await ask(POST, '/keys', { as, body: { name: `${at}` } })).body.apiKey)
    const seen: string[] = []
    let path = '/keys?limit=2'
    for (;;) {
      const { items, nextCursor } = (await ask('GET', path, { as })).body
      seen.push(...items.map((item: { apiKey: string }) => item.apiKey))
      if (nextCursor === null) break
      path = `/keys?limit=2&cursor=${nextCursor}`
    }
    expect(seen.sort()).toEqual(made.sort())
    expect(await ask('GET', '/keys?cursor=none!', { as })).toMatchObject({ status: 400 })
  })
})

describe('an invalid request', () => {
  it('is reported field by field, without echoing anything', async () => {
    const { ask, enroll } = await openTestApi()
    const { secret: as } = await enroll('owner')
    const { status, body, headers } = await ask(POST, '/keys', { as, body: { name: 'Shop', colour: '<script>' } })
    expect([status, headers['content-type']]).toEqual([400, expect.stringContaining('application/problem+json')])
    expect(body.errors).toEqual([{ field: 'colour', message: expect.any(String) }])
    expect(JSON.stringify(body)).not.toContain('<script>')
  })

  it.each([
    ['a body that is too large', JSON.stringify({ name: 'x'.repeat(70_000) }), 'application/json', 413],
    ['a form', 'name=Shop', 'application/x-www-form-urlencoded', 415],
    ['plain text', '{"name":"Shop"}', 'text/plain', 415],
    ['no JSON', '{"name":', 'application/json', 400],
  ])('such as %s has a status of its own', async (_what, payload, contentType, status) => {
    const { http, enroll } = await openTestApi()
    const { secret } = await enroll('owner')
    const headers = { authorization: `Bearer ${secret}`, 'content-type': contentType }
    const answer = await http.inject({ method: 'POST', url: '/api/v1/keys', headers, payload })
    expect(answer.statusCode).toBe(status)
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  it('is refused before it is read if the caller is not authenticated', async () => {
    const { ask } = await openTestApi()
    expect(await ask(POST, '/keys', { body: { colour: 1 } })).toMatchObject({ status: 401 })
  })
})

describe('the OpenAPI document', () => {
  it('lists every route and its responses', async () => {
    const { ask } = await openTestApi()
    const { body } = await ask('GET', '/openapi.json')
    expect(body.openapi).toBe('3.1.0')
    expect(Object.keys(body.paths)).toContain('/api/v1/keys/{key}')
    for (const path of Object.values<Record<string, { responses: object }>>(body.paths)) {
      for (const route of Object.values(path)) expect(Object.keys(route.responses)).toContain('default')
    }
  })
})
