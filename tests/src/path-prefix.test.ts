import { readFileSync } from 'node:fs'
import { request } from 'node:https'
import process from 'node:process'
import { json } from 'node:stream/consumers'
import type { BrowserContext, Browser as Chromium, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { framesDecoded, keepPeerConnections, launchBrowser } from './browser.fixture.ts'
import { codeBlocks } from './code-blocks.fixture.ts'
import { OWNER } from './dashboard.fixture.ts'
import { freePort } from './free-port.fixture.ts'
import { runProgram } from './languages.fixture.ts'
import { enrollOwner } from './owner.fixture.ts'
import { makeFolder, type RunningPlatform, stagedoor, stagedoorJson, startPlatform } from './platform.fixture.ts'
import { HAS_CADDY, HAS_NGINX, ReverseProxy } from './proxy.fixture.ts'
import type { Made } from './shop.fixture.ts'
import { Watch } from './watch.fixture.ts'

const GUIDE = 'docs/guides/behind-a-proxy.md'
const UPSTREAM = '127.0.0.1:4420'
const PATIENCE = { timeout: 30_000, interval: 250 }

const blocksOf = (language: string) => codeBlocks(GUIDE).filter((block) => block.language === language)
const [, forwards = { code: '' }, strips = { code: '' }] = blocksOf('nginx')
const [, caddy = { code: '' }] = blocksOf('caddy')

/** A platform under a path of a site, behind a proxy that answers 404 for everything else. */
class Site {
  readonly proxy = new ReverseProxy()
  readonly #folder = makeFolder()
  readonly prefix: string
  platform!: RunningPlatform
  key!: Made
  origin = ''

  constructor(prefix: string) {
    this.prefix = prefix
  }

  async open(startProxy: (site: Site, port: number) => void): Promise<void> {
    const port = await freePort()
    this.origin = `https://127.0.0.1:${port}`
    this.key = await stagedoorJson(['key', 'create', '--name', 'Shop'], this.data)
    this.platform = await startPlatform(
      this.data,
      '--demo',
      '--public-url',
      `${this.url}/`,
      '--trust-proxy',
      'loopback',
    )
    startProxy(this, port)
    await vi.waitFor(async () => expect((await this.ask('/livez')).status).toBe(200), PATIENCE)
  }

  get url(): string {
    return `${this.origin}${this.prefix}`
  }

  get data(): string {
    return this.#folder.path
  }

  get upstream(): string {
    return new URL(this.platform.url).host
  }

  get setUpLink(): string {
    const [link = ''] = /https\S+#\S+/.exec(this.platform.output()) ?? []
    return link
  }

  /** What programs need to trust the proxy, and to be an API key with its secret. */
  get environment(): NodeJS.ProcessEnv {
    return { NODE_EXTRA_CA_CERTS: this.proxy.certificate, API_KEY: this.key.apiKey, SECRET: this.key.secret }
  }

  /** Asks through the proxy, below the prefix, or at another path of the origin. */
  ask(path: string, base = this.url) {
    return new Promise<{ status: number | undefined; location: string | undefined; body: unknown }>((answer, fail) => {
      request(`${base}${path}`, { ca: readFileSync(this.proxy.certificate) }, (response) => {
        const { statusCode: status, headers } = response
        const done = (body: unknown) => answer({ status, location: headers.location, body })
        json(response).then(done, done)
      })
        .on('error', fail)
        .end()
    })
  }

  async close(): Promise<void> {
    await this.platform?.stop()
    await this.proxy.stop()
    this.#folder.remove()
  }
}

function startNginx(locations: string) {
  return ({ proxy, upstream }: Site, port: number) =>
    proxy.startNginx(
      `server { listen 127.0.0.1:${port} ssl; ssl_certificate ${proxy.certificate}; ssl_certificate_key ${proxy.key};
       ${locations.replaceAll(UPSTREAM, upstream)} location / { return 404; } }`,
    )
}

function startCaddy({ proxy, upstream, prefix }: Site, port: number): void {
  const site = caddy.code
    .replaceAll('/rtc', prefix)
    .replace('shop.example {', `https://127.0.0.1:${port} {\n  tls ${proxy.certificate} ${proxy.key}`)
    .replace(UPSTREAM, upstream)
  proxy.startCaddy(`{\n  admin off\n  auto_https disable_redirects\n}\n${site}`)
}

const PROXIES = [
  ['nginx that forwards the path', '/rtc', HAS_NGINX, startNginx(forwards.code)],
  ['nginx that strips the path', '/rtc', HAS_NGINX, startNginx(strips.code)],
  ['Caddy that forwards a path of two segments', '/apps/rtc', HAS_CADDY, startCaddy],
] as const

for (const [name, prefix, isInstalled, startProxy] of PROXIES) {
  describe.skipIf(!isInstalled)(`the platform under ${prefix}, behind ${name}`, () => {
    const site = new Site(prefix)

    beforeAll(() => site.open(startProxy))
    afterAll(() => site.close())

    it('redirects to pages under the prefix', async () => {
      const locationOf = async (path: string) =>
        new URL((await site.ask(path)).location ?? '/none', `${site.url}${path}`).href
      expect(await locationOf('')).toBe(`${site.url}/`)
      expect(await locationOf('/')).toBe(`${site.url}/demo/`)
      expect(await locationOf('/demo?room=lobby')).toBe(`${site.url}/demo/?room=lobby`)
      expect(await locationOf('/dashboard')).toBe(`${site.url}/dashboard/`)
    })

    it('shows nothing outside of the prefix, and no metrics', async () => {
      expect(await site.ask('/livez', site.origin)).not.toMatchObject({ body: { status: 'ok' } })
      const twice = `${prefix}/livez`
      const disguised = [`/${twice}`, `/.${twice}`, twice.replace('rtc', '%72tc'), twice.replace('rtc', 'x/../rtc')]
      for (const path of ['/metrics', '/%6detrics', `${prefix}/metrics`, twice, ...disguised]) {
        const { status, body } = await site.ask(path)
        expect([path, status]).toEqual([path, 404])
        expect(body).not.toHaveProperty('status', 'ok')
      }
    })

    it('is reached on its own machine without the prefix', async () => {
      for (const path of ['/livez', `${prefix}/livez`, '/healthz']) {
        expect([path, (await fetch(`${site.platform.url}${path}`)).status]).toEqual([path, 200])
      }
      expect((await fetch(`${site.platform.url}${prefix}x/livez`)).status).toBe(404)
      expect((await stagedoor(['session', 'list', '--data', site.data])).status).toBe(0)
    })

    it('is found by a standard client of OAuth', async () => {
      const issuer = site.url
      const expected = {
        status: 200,
        body: expect.objectContaining({ issuer, token_endpoint: `${issuer}/oauth/token` }),
      }
      expect(await site.ask('/.well-known/oauth-authorization-server')).toMatchObject(expected)
      const standard = `/.well-known/oauth-authorization-server${prefix}`
      expect(await site.ask(standard, site.origin)).toMatchObject(expected)
    })

    it('passes the checks of the doctor', async () => {
      const { stdout } = await stagedoor(['doctor', '--url', site.url, '--json', '--idle', '1'], '', site.environment)
      const found: { check: string; verdict: string }[] = JSON.parse(stdout)
      const verdicts = Object.fromEntries(found.map(({ check, verdict }) => [check, verdict]))
      expect(verdicts).toMatchObject({ reachable: 'well', gate: 'well', token: 'well', idle: 'well' })
      expect(verdicts).not.toHaveProperty('public_address')
    })

    describe('in a browser', () => {
      const watch = new Watch()
      let chromium: Chromium
      let context: BrowserContext
      let addresses: string[] = []

      beforeAll(async () => {
        chromium = await launchBrowser()
        context = await chromium.newContext({ ignoreHTTPSErrors: true })
        await context.addInitScript(keepPeerConnections)
        await watch.over(context)
        context.on('request', (asked) => addresses.push(asked.url()))
        context.on('page', (page) => page.on('websocket', (socket) => addresses.push(socket.url())))
      })
      afterAll(() => chromium.close())
      afterEach(async () => {
        watch.tolerate(new RegExp(`^401 GET ${prefix}/api/v1/me$`))
        await watch.check(context.pages())
        for (const page of context.pages()) await page.close()
        const outside = addresses.filter((address) => {
          const { protocol, host, pathname } = new URL(address)
          if (['data:', 'blob:'].includes(protocol)) return false
          return `https://${host}` !== site.origin || !pathname.startsWith(`${prefix}/`)
        })
        expect(addresses.length, 'requests that were recorded').toBeGreaterThan(1)
        expect(outside, 'requests that left the prefix').toEqual([])
        addresses = []
      })

      it('takes the owner from the printed link to a live page', async () => {
        const page = await context.newPage()
        expect(site.setUpLink).toMatch(new RegExp(`^${site.url}/dashboard/setup#`))
        await page.goto(site.setUpLink)
        await page.getByLabel('Your name').fill(OWNER.name)
        await page.getByLabel('Email address').fill(OWNER.email)
        await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
        await page.getByRole('button', { name: 'Make the account' }).click()
        await page.getByLabel('Name', { exact: true }).fill('Shop of the browser')
        await page.getByRole('button', { name: 'Make the API key and a secret' }).click()
        await page.getByTestId('secret-once').waitFor()
        await page.getByRole('tab', { name: 'curl' }).click()
        const code = await page.getByRole('region', { name: 'Code in curl' }).innerText()
        expect(code).toContain(`'${site.url}'/api/v1/keys/`)
        const [call] = await Promise.all([
          context.waitForEvent('page'),
          page.getByRole('link', { name: 'Join as alice' }).click(),
        ])
        await call.getByTestId('join').click()
        await page.getByText('In the call: alice').waitFor()
        await call.close()
        const [cookie] = await context.cookies(`${site.url}/api/v1/me`)
        expect(cookie).toMatchObject({
          name: `__Host-stagedoor${prefix.replaceAll('/', '.')}`,
          path: '/',
          secure: true,
          httpOnly: true,
        })

        await page.getByRole('button', { name: `Account of ${OWNER.name}` }).click()
        await page.getByRole('menuitem', { name: 'Log out' }).click()
        await page.getByRole('heading', { name: 'Log in' }).waitFor()

        // A deep address, which the login comes back to, and which is reloaded.
        const live = `${site.url}/dashboard/keys/${site.key.apiKey}/live`
        await page.goto(live)
        await page.getByLabel('Email address').fill(OWNER.email)
        await page.getByLabel('Password', { exact: true }).fill(OWNER.password)
        await page.getByRole('button', { name: 'Log in' }).click()
        await page.getByText('Nobody is in').waitFor()
        expect(page.url()).toBe(live)
        await page.reload()
        await page.getByText('Nobody is in').waitFor()
        await page.getByRole('link', { name: 'Credentials' }).click()
        await page.getByRole('region', { name: 'API keys' }).getByText('Shop of the browser').waitFor()
        expect(page.url()).toMatch(new RegExp(`^${site.url}/dashboard/keys`))
        expect(addresses).toContain(`${site.url}/api/v1/keys/${site.key.apiKey}/live`)
      })

      it('shows two people each other in the demo', async () => {
        const [alice, bob] = [await enter('alice'), await enter('bob')]
        for (const page of [alice, bob]) await expect.poll(() => framesDecoded(page), PATIENCE).toBeGreaterThan(10)
        const tile = (page: Page, id: string) => page.locator(`[data-testid="tile"][data-user-id="${id}"]`)
        await Promise.all([tile(alice, 'bob').waitFor(), tile(bob, 'alice').waitFor()])
        expect(alice.url()).toMatch(new RegExp(`^${site.url}/demo/\\?room=lobby`))
        expect(addresses).toContain(`${site.url.replace('https', 'wss')}/v1/gate`)
      })

      it('shows pages with their style', async () => {
        const page = await context.newPage()
        for (const path of ['/refusals/token_expired', '/api/v1/']) {
          await page.goto(`${site.url}${path}`)
          expect(await page.locator('main').evaluate((main) => getComputedStyle(main).maxWidth)).not.toBe('none')
        }
      })

      async function enter(name: string): Promise<Page> {
        const page = await context.newPage()
        await page.goto(`${site.url}/demo/?room=lobby`)
        await page.getByTestId('name').fill(name)
        await page.getByTestId('join').click()
        await page.getByTestId('leave').waitFor()
        return page
      }
    })

    // After the first account: the set-up link is good only where there is none.
    it('answers the command line and the client of its API', async () => {
      const token = await enrollOwner({ dataFolder: site.data }, { email: 'remote@example.com' })
      const environment = { ...site.environment, STAGEDOOR_TOKEN: token, STAGEDOOR_URL: `${site.url}/` }
      const listed = await stagedoor(['key', 'list', '--json', '--url', site.url], '', environment)
      expect([listed.status, listed.stderr]).toEqual([0, ''])
      expect(listed.stdout).toContain(site.key.apiKey)
      const program = `import { createAdmin } from '@stagedoor/admin'
        const admin = createAdmin({ url: process.env.STAGEDOOR_URL, token: process.env.STAGEDOOR_TOKEN })
        for await (const { name } of admin.list('/api/v1/keys')) console.log(name)`
      const ran = await runProgram([process.execPath, '--input-type=module'], environment, program)
      expect(ran.stderr).toBe('')
      expect(ran.stdout.split('\n')).toContain('Shop')
    })
  })
}
