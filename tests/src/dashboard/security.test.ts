import { generateKeyPairSync } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Dashboard, OWNER } from '../fixtures/dashboard.fixture.ts'
import { makeFolder, startPlatform } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import { DEVELOPER, type Names, type Seeded, seed } from '../fixtures/seed.fixture.ts'

/** Would run as soon as it became an element, and says so to the watch. */
function evil(what: string): string {
  return `${what}'"><img src=x onerror="reportError('${what} ran')"><script>reportError(1)</script>`
}

const EVIL: Names = {
  shop: evil('shop'),
  conversation: evil('conversation'),
  users: [evil('alice'), evil('bob'), evil('carol')],
  refused: evil('refused'),
  banned: evil('banned'),
  origin: `https://${evil('origin')}`,
  userAgent: evil('user agent'),
  webhook: evil('webhook'),
  token: evil('token'),
  colleague: evil('colleague'),
}

const dashboard = Dashboard.forTests()
let operations: Seeded
const opened: { terminate(): void }[] = []

beforeAll(async () => {
  operations = await seed(dashboard, EVIL)
})
afterAll(() => {
  for (const { socket } of operations.sessions) socket.terminate()
  for (const socket of opened) socket.terminate()
})

/** What of a text has become an element, or an address that runs. */
function madeOf(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('img[src="x"], #root script, [onerror], a[href^="javascript:"]')].map(
      (element) => element.outerHTML,
    ),
  )
}

describe('what owners and strangers may call things', () => {
  it('is text on every page, and nothing else', async () => {
    const page = await dashboard.logIn('/keys')
    for (const path of operations.pages.values()) {
      await dashboard.goTo(page, path)
      expect(await madeOf(page), path).toEqual([])
    }
    const seenOn = async (place: string, text: string) => {
      await dashboard.goTo(page, operations.pages.get(place) ?? '')
      await page.getByText(text).first().waitFor()
    }
    await seenOn('credentials', EVIL.shop)
    await seenOn('live', EVIL.users[0])
    await seenOn('live', EVIL.origin)
    await seenOn('conversation', EVIL.users[1])
    await seenOn('refusal', EVIL.refused)
    await seenOn('refusal', EVIL.origin)
    await seenOn('refusal', EVIL.userAgent)
  })

  it('is text in dialogs, menus and messages too', async () => {
    const page = await dashboard.logIn('/keys')
    await page.getByRole('button', { name: `Actions for ${EVIL.shop}` }).click()
    await page.getByRole('menuitem', { name: 'Delete' }).click()
    await page.getByRole('dialog', { name: `Delete “${EVIL.shop}”?` }).waitFor()
    expect(await madeOf(page)).toEqual([])
    await dashboard.goTo(page, operations.pages.get('live') ?? '')
    await page.getByRole('button', { name: EVIL.users[0] }).click()
    const drawer = page.getByRole('dialog', { name: EVIL.users[0] })
    await drawer.getByText(EVIL.userAgent).waitFor()
    await drawer.getByRole('button', { name: 'Eject' }).click()
    await page.getByRole('dialog', { name: `Eject ${EVIL.users[0]}` }).waitFor()
    expect(await madeOf(page)).toEqual([])
  })

  it('is text in a token that is pasted, which stays nowhere', async () => {
    const page = await dashboard.logIn(`/keys/${operations.shop.apiKey}/workbench`)
    const userData = { username: evil('name'), avatar: 'javascript:reportError(2)' }
    const token = dashboard.mint(operations.shop, evil('user'), { userData })
    await page.getByLabel('Token', { exact: true }).fill(token)
    await page.getByRole('table', { name: 'Claims' }).getByText('onerror=').first().waitFor()
    await page.getByRole('button', { name: 'Check token' }).click()
    await page.getByRole('status', { name: 'Result' }).getByText('Accepted', { exact: true }).waitFor()
    expect(await madeOf(page)).toEqual([])
    await page.getByRole('tab', { name: 'Build token' }).click()
    await page.getByRole('button', { name: 'Mint and check' }).click()
    const minted = page.getByLabel('Token', { exact: true })
    await expect.poll(() => minted.inputValue()).not.toBe(token)
    dashboard.watch.keepSecret(await minted.inputValue())
    await page.reload()
    expect(await page.content()).not.toContain(token)
  })
})

describe('what is chosen by hand or taken in from elsewhere', () => {
  it('is text where it is the id of a key: of an imported secret, of a JWK and of a key set', async () => {
    const { apiKey } = operations.shop
    const path = `/keys/${apiKey}/signing-keys`
    const secret = 'made elsewhere and taken in from there, as it is'
    const [imported, jwk, set] = [evil('imported'), evil('jwk'), evil('set')]
    const { publicKey } = generateKeyPairSync('ed25519')
    await dashboard.ask('POST', path, { kind: 'imported_secret', secret, keyId: imported })
    const written = JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid: jwk })
    await dashboard.ask('POST', path, { kind: 'public_key', publicKey: written })
    await dashboard.ask('POST', path, { kind: 'key_set', url: 'https://keys.example/jwks.json', keyId: set })
    const token = dashboard.mint({ apiKey, secret, keyId: imported }, evil('dora'), { keyId: imported })
    await expect.poll(() => admittedBy(token, evil('dora')), { timeout: 5_000 }).toBe('registered')
    await dashboard.ask('POST', `${path}/${encodeURIComponent(imported)}/retire`, { inSeconds: 3_600 })

    const page = await dashboard.logIn(`/keys/${apiKey}/authentication`)
    for (const keyId of [imported, jwk, set]) await page.getByText(keyId).last().waitFor()
    // It is still in use, which the page says under its name.
    await page.getByRole('alert').filter({ hasText: imported }).waitFor()
    await page.getByRole('button', { name: `Actions for ${jwk}` }).click()
    await page.getByRole('menuitem', { name: 'Revoke' }).click()
    await page.getByRole('dialog', { name: `Revoke ${jwk}?` }).waitFor()
    expect(await madeOf(page)).toEqual([])
    await dashboard.goTo(page, `/keys/${apiKey}/live?keyId=${encodeURIComponent(imported)}`)
    await page.getByText(`signed with ${imported}`).waitFor()
    await page.getByRole('button', { name: evil('dora') }).click()
    await page
      .getByRole('dialog', { name: evil('dora') })
      .getByText(imported)
      .waitFor()
    expect(await madeOf(page)).toEqual([])
    await dashboard.goTo(page, `/keys/${apiKey}/audit?subject=${encodeURIComponent(imported)}`)
    await page.getByRole('cell').filter({ hasText: imported }).first().waitFor()
    expect(await madeOf(page)).toEqual([])
    await dashboard.goTo(page, `/keys/${apiKey}/workbench`)
    await page.getByLabel('Token', { exact: true }).fill(token)
    await page.getByText(imported).last().waitFor()
    expect(await madeOf(page)).toEqual([])
  })

  it('is text in a policy, in what a refusal says of it, and where a role or a token is for an API key of that name', async () => {
    const permissions = { role: 'guest', publish: [], subscribe: true }
    const grants = [
      { claim: evil('claim'), value: evil('value'), conversations: [{ name: evil('granted'), ...permissions }] },
    ]
    const identityProviders = [
      { issuer: `https://login.example/${evil('issuer').replaceAll(' ', '/')}`, audience: evil('client'), grants },
    ]
    const strict = await dashboard.makeKey('Strict')
    const policy = { audience: evil('audience'), identityProviders }
    await dashboard.ask('PATCH', `/keys/${strict.apiKey}`, { policy })
    const account = { email: 'guest@example.com', password: 'a sentence of the guest', name: 'Guest' }
    await dashboard.ask('POST', '/accounts', { ...account, grants: [{ apiKey: evil('key'), role: 'viewer' }] })
    await dashboard.ask('POST', '/me/tokens', { name: 'narrow', rights: ['keys:read'], apiKey: evil('key') })
    const token = dashboard.mint(strict, 'alice', { audience: evil('elsewhere') })
    await expect.poll(() => refusedBy(strict.apiKey, token), { timeout: 5_000 }).toBe('audience_mismatch')

    // The platform is asked what that API key is called, and there is none.
    dashboard.watch.tolerate(/^404 GET \/api\/v1\/keys\//)
    const page = await dashboard.logIn('/keys')
    const seen: readonly (readonly [path: string, texts: readonly string[]])[] = [
      [`/keys/${strict.apiKey}`, [JSON.stringify(evil('audience')), JSON.stringify(evil('client')), evil('claim')]],
      [`/keys/${strict.apiKey}/refusals`, [JSON.stringify(evil('audience'))]],
      ['/team', [evil('key')]],
      ['/account', [evil('key')]],
    ]
    for (const [path, texts] of seen) {
      await dashboard.goTo(page, path)
      for (const text of texts) await page.getByText(text).first().waitFor()
      expect(await madeOf(page), path).toEqual([])
    }
  })

  it('is no name at all where the platform draws it, or where it is an address', async () => {
    const refuses = (method: string, path: string, body: object) =>
      dashboard.ask(method, path, body).then(
        () => 'taken',
        (error: Error) => / (4\d\d) /.exec(error.message)?.[1],
      )
    const { shop } = operations
    expect(await refuses('POST', '/keys', { name: 'Chosen', apiKey: evil('key') })).toBe('400')
    expect(
      await refuses('POST', `/keys/${shop.apiKey}/signing-keys`, { kind: 'secret', keyId: `a\n${evil('b')}` }),
    ).toBe('422')
    expect(await refuses('POST', `/keys/${shop.apiKey}/webhooks`, { url: evil('webhook') })).toBe('422')
    expect(await refuses('POST', `/keys/${shop.apiKey}/webhooks`, { url: 'javascript:reportError(1)' })).toBe('422')
    const account = { name: 'Eve', password: 'a sentence of nobody at all', role: 'viewer' }
    expect(await refuses('POST', '/accounts', { ...account, email: `${evil('eve')}@example.com` })).toBe('400')
    expect(await refuses('POST', '/login', { email: `${evil('eve')}@example.com`, password: 'guessed' })).toBe('400')
    const origins = [`https://${evil('origin')}`]
    expect(await refuses('PATCH', `/keys/${shop.apiKey}`, { policy: { origins } })).toBe('400')

    // An address of an endpoint is written as addresses are, in which there is no markup.
    const url = `https://hooks.example.com/${evil('path')}?${evil('query')}`
    const made = await dashboard.ask<{ url: string }>('POST', `/keys/${shop.apiKey}/webhooks`, { url })
    expect(made.url).not.toMatch(/[<>"]/)
  })

  it('is text in an address of the dashboard that somebody was lured to', async () => {
    const page = await dashboard.logIn('/keys')
    const lure = encodeURIComponent(evil('lure'))
    const { apiKey } = operations.shop
    const addresses = [
      ...['search', 'sort'].flatMap((name) => ['/keys', '/team', '/account'].map((path) => `${path}?${name}=${lure}`)),
      ...['search', 'conversation', 'keyId', 'view'].map((name) => `/keys/${apiKey}/live?${name}=${lure}`),
      ...['code', 'search', 'origin', 'span', 'sort'].map((name) => `/keys/${apiKey}/refusals?${name}=${lure}`),
      ...['action', 'actor', 'subject', 'sort'].map((name) => `/audit?${name}=${lure}`),
      ...['search', 'sort'].map((name) => `/keys/${apiKey}/webhooks?${name}=${lure}`),
      ...['search', 'sort'].map((name) => `/keys/${apiKey}/authentication?${name}=${lure}`),
      ...['state', 'type', 'delivery', 'sort'].map((name) => `${operations.pages.get('webhook')}?${name}=${lure}`),
      ...['live', 'refusals', `live/${lure}`, `refusals/${lure}`, `webhooks/${lure}`].map(
        (to) => `/keys/${lure}/${to}`,
      ),
      `/keys/${apiKey}/live/${lure}`,
      `/keys/${apiKey}/refusals/${lure}`,
      `/keys/${apiKey}/webhooks/${lure}`,
      `/${lure}`,
    ]
    dashboard.watch.tolerate(/^40[04] GET /)
    for (const path of addresses) {
      await page.goto(`/dashboard${path}`)
      await page
        .getByRole('main')
        .or(page.getByRole('heading', { level: 1 }))
        .first()
        .waitFor()
      await page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null)
      expect(await madeOf(page), path).toEqual([])
    }
  }, 120_000)
})

async function admittedBy(token: string, id: string): Promise<string> {
  const { client, answer } = await register(dashboard.url, operations.shop.apiKey, id, token)
  opened.push(client.socket)
  return answer.type
}

async function refusedBy(apiKey: string, token: string): Promise<string> {
  const { client, answer } = await register(dashboard.url, apiKey, 'alice', token)
  opened.push(client.socket)
  return answer.type === 'refused' ? answer.code : answer.type
}

it('a secret that was shown once is on the page until the dialog closes, and then nowhere', async () => {
  const page = await dashboard.logIn('/keys')
  await page.getByRole('button', { name: 'New API key' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Once')
  await page.getByRole('button', { name: 'Create', exact: true }).click()
  const [, secret = ''] = /SECRET=(.+)/.exec(await page.getByTestId('secret-once').innerText()) ?? []
  expect(secret.length).toBeGreaterThan(32)
  dashboard.watch.keepSecret(secret)
  await page.getByRole('button', { name: 'Done' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  expect(await page.content()).not.toContain(secret)
  expect(dashboard.platform.output()).not.toContain(secret)
})

describe('the page of the dashboard', () => {
  it('lets no inline script or style run, and stands in no frame', async () => {
    const page = await (await dashboard.newBrowser()).newPage()
    const answer = await page.goto('/dashboard/')
    const policy = answer?.headers()['content-security-policy'] ?? ''
    expect(policy).not.toContain('unsafe-')
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).toMatch(/script-src 'self'(?! 'unsafe)/)
    expect(answer?.headers()['x-content-type-options']).toBe('nosniff')

    // The browser refuses on both sides of the frame.
    await page.route('https://evil.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: `<iframe src="${dashboard.url}/dashboard/"></iframe>` }),
    )
    dashboard.watch.tolerate(/^console: .*(frame-ancestors|Framing)/)
    await page.goto('https://evil.example/')
    await expect.poll(() => page.frames().length).toBe(2)
    await expect.poll(() => page.frames()[1]?.url()).toMatch(/^chrome-error:/)
  })

  it('is logged in by a cookie that no script reads and no other site sends', async () => {
    const page = await dashboard.logIn('/keys')
    const cookies = await page.context().cookies()
    expect(cookies).toEqual([expect.objectContaining({ httpOnly: true, sameSite: 'Strict', path: '/' })])
    expect(await page.evaluate(() => document.cookie)).toBe('')
    await page.getByRole('button', { name: `Account of ${OWNER.name}` }).click()
    await page.getByRole('menuitem', { name: 'Log out' }).click()
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
    expect(await page.context().cookies()).toEqual([])
  })

  it('asks a logged-out user to log in, and then opens the page they wanted', async () => {
    const page = await (await dashboard.newBrowser()).newPage()
    const logIn = async () => {
      await page.getByLabel('Email address').fill(OWNER.email)
      await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
      await page.getByRole('button', { name: 'Log in' }).click()
    }
    const path = `/dashboard/keys/${operations.shop.apiKey}/refusals?code=user_id_mismatch`
    await page.goto(path)
    await logIn()
    await page.getByRole('heading', { name: 'Refusals', exact: true }).waitFor()
    expect(page.url()).toBe(`${dashboard.url}${path}`)

    await page.getByRole('link', { name: EVIL.refused }).waitFor()
    await page.waitForTimeout(500)

    dashboard.watch.tolerate(/^401 GET /)
    await page.context().clearCookies()
    await page.getByRole('link', { name: 'Policy' }).click()
    await logIn()
    await page.getByRole('heading', { name: 'Policy of' }).waitFor()
    await page.context().clearCookies()
    await page.goto('/dashboard/')
    await page.getByRole('heading', { name: 'Log in' }).waitFor()
    // A place elsewhere is none to be led to.
    await page.goto('/dashboard/login?next=//evil.example/')
    await logIn()
    await page.getByRole('heading', { name: 'Overview' }).waitFor()
    expect(page.url()).toContain(dashboard.url)
  })

  it('has a cookie for this host over HTTPS alone, where the platform is reached over it', async () => {
    const folder = makeFolder()
    const publicUrl = 'https://rtc.example.com'
    const platform = await startPlatform(folder.path, '--public-url', publicUrl)
    const [, code] = /#(\S+)/.exec(platform.output()) ?? []
    const answer = await fetch(`${platform.url}/api/v1/setup`, {
      method: 'POST',
      headers: { origin: publicUrl, 'content-type': 'application/json' },
      body: JSON.stringify({ code, ...OWNER }),
    })
    const cookie = String(answer.headers.get('set-cookie'))
    expect(cookie).toMatch(/^__Host-/)
    for (const attribute of ['Secure', 'HttpOnly', 'SameSite=Strict', 'Path=/']) expect(cookie).toContain(attribute)
    expect(cookie).not.toContain('Domain=')
    await platform.stop()
    folder.remove()
  })

  it('is what changes are made for: those of another site are refused, with the cookie and all', async () => {
    const page = await dashboard.logIn('/keys', DEVELOPER)
    const [cookie] = await page.context().cookies()
    const post = (headers: Record<string, string>) =>
      fetch(`${dashboard.url}/api/v1/keys/${operations.shop.apiKey}/signing-keys`, {
        method: 'POST',
        headers: { cookie: `${cookie?.name}=${cookie?.value}`, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ kind: 'secret' }),
      }).then(({ status }) => status)
    expect(await post({ origin: 'https://evil.example' })).toBe(403)
    expect(await post({ origin: dashboard.url, 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await post({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await post({})).toBe(403)
    expect(await post({ origin: dashboard.url })).toBe(201)

    // A page of another site, in the browser that is logged in.
    const keys = async () =>
      (await dashboard.ask<{ items: unknown[] }>('GET', `/keys/${operations.shop.apiKey}/signing-keys`)).items.length
    const before = await keys()
    const other = await page.context().newPage()
    await other.route('https://evil.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: '<form method="post" enctype="text/plain"><input name="x"></form>',
      }),
    )
    await other.goto('https://evil.example/')
    dashboard.watch.tolerate(/^4\d\d POST .*signing-keys$/, /^console: .*CORS/, /^console: .*(private|local|loopback)/i)
    await other.evaluate(
      (url) =>
        fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body: '{"kind":"secret"}' }).catch(
          () => {},
        ),
      `${dashboard.url}/api/v1/keys/${operations.shop.apiKey}/signing-keys`,
    )
    expect(await keys()).toBe(before)
  })
})
