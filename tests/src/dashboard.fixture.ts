import { AccessToken } from '@stagedoor/access-token'
import type { BrowserContext, BrowserContextOptions, Browser as Chromium, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { FOLLOW_INTERVAL_SECONDS } from '../../apps/server/src/background/follow.ts'
import { keepPeerConnections, launchBrowser } from './browser.fixture.ts'
import { makeFolder, type RunningPlatform, startPlatform } from './platform.fixture.ts'
import type { Made } from './shop.fixture.ts'
import { Watch } from './watch.fixture.ts'

type TokenOptions = ConstructorParameters<typeof AccessToken>[2]

export interface Person {
  readonly email: string
  readonly name: string
  readonly password: string
}

export const OWNER: Person = { email: 'owner@example.com', name: 'Olga Owner', password: 'a sentence of the owner' }

interface DashboardOptions {
  /** Whether the account of the owner is made before the tests. Default: true. */
  readonly isSetUp?: boolean
  /** For `stagedoor serve`. */
  readonly arguments?: readonly string[]
}

/** A platform without API keys, its dashboard, and a browser in which every page is watched. */
export class Dashboard {
  readonly watch = new Watch()
  readonly #folder = makeFolder()
  platform!: RunningPlatform
  #chromium!: Chromium
  #cookie = ''

  /** Opens it for the tests of the file that calls this. Every test begins without a page, and fails if a page complained. */
  static forTests(options: DashboardOptions = {}): Dashboard {
    const dashboard = new Dashboard()
    beforeAll(async () => {
      dashboard.platform = await startPlatform(dashboard.#folder.path, ...(options.arguments ?? []))
      dashboard.#chromium = await launchBrowser()
      if (options.isSetUp ?? true) await dashboard.#setUp()
    })
    afterEach(async () => {
      const contexts = dashboard.#chromium.contexts()
      try {
        await dashboard.watch.check(contexts.flatMap((context) => context.pages()))
      } finally {
        for (const context of contexts) await context.close()
      }
    })
    afterAll(async () => {
      await dashboard.#chromium?.close()
      await dashboard.platform?.stop()
      dashboard.#folder.remove()
    })
    return dashboard
  }

  get url(): string {
    return this.platform.url
  }

  /** The link that the platform printed when it started. */
  get setUpLink(): string {
    const [link = ''] = /http\S+#\S+/.exec(this.platform.output()) ?? []
    return link
  }

  /** Asks the API as the owner. */
  async ask<T = { readonly [name: string]: never }>(method: string, path: string, body?: object): Promise<T> {
    const answer = await this.#send(method, path, body)
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }

  async makeKey(name: string): Promise<Made> {
    type Answer = { readonly apiKey: string; readonly secret: { readonly keyId: string; readonly secret: string } }
    const { apiKey, secret } = await this.ask<Answer>('POST', '/keys', { name })
    this.watch.keepSecret(secret.secret)
    // The gate looks ten times a second for what was changed.
    await new Promise((known) => setTimeout(known, 3 * FOLLOW_INTERVAL_SECONDS * 1_000))
    return { apiKey, keyId: secret.keyId, secret: secret.secret }
  }

  /** A token for somebody, which no page may leave behind. */
  mint({ apiKey, secret }: Made, id: string, options: TokenOptions = {}): string {
    const token = new AccessToken(apiKey, secret, { apiRTC_UserAgent_Id: id, ...options }).toJwt()
    this.watch.keepSecret(token)
    return token
  }

  /** A browser of its own, in which nobody has logged in. */
  async newBrowser(options: BrowserContextOptions = {}): Promise<BrowserContext> {
    const context = await this.#chromium.newContext({ baseURL: this.url, ...options })
    await context.addInitScript(keepPeerConnections)
    await this.watch.over(context)
    return context
  }

  /** Logs somebody in on a page of their own, and goes on to an address of the dashboard, as `/keys`. */
  async logIn(path = '/', person = OWNER, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await this.newBrowser(options)).newPage()
    await page.goto(`/dashboard/login?next=${encodeURIComponent(path)}`)
    await page.getByLabel('Email address').fill(person.email)
    await page.getByLabel('Password', { exact: true }).fill(person.password)
    await page.getByRole('button', { name: 'Log in' }).click()
    await page.getByRole('navigation', { name: 'Pages' }).waitFor({ state: 'attached' })
    return page
  }

  /** Goes to an address of the dashboard, and answers when what is asked for is there. */
  async goTo(page: Page, path: string): Promise<void> {
    await page.goto(`/dashboard${path}`)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForFunction(() => document.querySelector('[aria-label="Loading"]') === null)
  }

  async #setUp(): Promise<void> {
    const code = new URL(this.setUpLink).hash.slice(1)
    const answer = await this.#send('POST', '/setup', { code, ...OWNER })
    if (!answer.ok) throw new Error(`The platform is not set up: ${await answer.text()}`)
    this.#cookie = String(answer.headers.get('set-cookie')).split(';')[0] ?? ''
  }

  #send(method: string, path: string, body?: object): Promise<Response> {
    return fetch(`${this.url}/api/v1${path}`, {
      method,
      headers: { origin: this.url, cookie: this.#cookie, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    })
  }
}
