import type { BrowserContext, Page } from 'playwright-core'
import { expect } from 'vitest'

// What each test may meet without having asked for it: the first question of a page is who is logged in.
const ALWAYS_TOLERATED = [/^401 GET \/api\/v1\/me$/]
/** A token in compact form, and what shows that a text is a secret of ours. */
const SECRET_FORMS = [/eyJ[\w-]{8,}\.eyJ/, /\b(?:sdp|whsec|sk)_[\w+/=-]{16,}/]

/** Looks over the shoulder of every page: what goes wrong there, and where anything secret is left behind. */
export class Watch {
  #complaints: string[] = []
  #addresses = new Set<string>()
  #tolerated: RegExp[] = []
  readonly #secrets = new Set<string>()

  /** Watches every page of a context, those that it opens itself too. */
  async over(context: BrowserContext): Promise<void> {
    await context.addInitScript(sayViolations)
    context.on('request', (request) => this.#addresses.add(request.url()))
    context.on('response', async (response) => {
      if (response.status() < 400) return
      const { pathname } = new URL(response.url())
      this.#complain(`${response.status()} ${response.request().method()} ${pathname}`)
    })
    context.on('console', (message) => {
      // The answer itself is complained of, with its address.
      const isAnswer = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !isAnswer) this.#complain(`console: ${message.text()}`)
    })
    context.on('weberror', (error) => this.#complain(`fault: ${error.error().message}`))
    context.on('page', (page) => {
      page.on('framenavigated', (frame) => this.#addresses.add(frame.url()))
      page.on('websocket', (socket) => this.#addresses.add(socket.url()))
    })
  }

  /** What must be in no store and no address of a browser from now on. */
  keepSecret(...secrets: readonly string[]): void {
    for (const secret of secrets) this.#secrets.add(secret)
  }

  /** What the test that runs does on purpose, such as `409 PATCH /api/v1/keys/…`. */
  tolerate(...complaints: readonly RegExp[]): void {
    this.#tolerated.push(...complaints)
  }

  /** Fails where a page complained, or where anything secret was left behind. Then it starts over. */
  async check(pages: readonly Page[]): Promise<void> {
    const tolerated = [...ALWAYS_TOLERATED, ...this.#tolerated]
    const complaints = this.#complaints.filter((complaint) => !tolerated.some((form) => form.test(complaint)))
    const places = [...this.#addresses]
    for (const page of pages) places.push(...(await leftBehind(page)))
    this.#complaints = []
    this.#addresses = new Set()
    this.#tolerated = []
    expect(complaints, 'what the pages complain of').toEqual([])
    expect(
      places.filter((place) => this.#isSecret(place)),
      'what is secret and lies about',
    ).toEqual([])
  }

  #complain(complaint: string): void {
    this.#complaints.push(complaint)
  }

  #isSecret(place: string): boolean {
    const texts = [place, decode(place)]
    return texts.some(
      (text) =>
        [...this.#secrets].some((secret) => text.includes(secret)) || SECRET_FORMS.some((form) => form.test(text)),
    )
  }
}

/** Everything that a page has put where it stays: its stores, and each entry of its history. */
async function leftBehind(page: Page): Promise<string[]> {
  if (page.isClosed() || page.url() === 'about:blank') return []
  const stores = await page.evaluate(() =>
    [localStorage, sessionStorage].flatMap((store) => Object.entries(store).map((entry) => entry.join(' = '))),
  )
  const devtools = await page.context().newCDPSession(page)
  const { entries } = await devtools.send('Page.getNavigationHistory')
  await devtools.detach()
  return [...stores, ...entries.map(({ url }) => url)]
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function sayViolations(): void {
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI, sourceFile }) => {
    reportError(new Error(`against the content security policy: ${violatedDirective} ${blockedURI} ${sourceFile}`))
  })
}
