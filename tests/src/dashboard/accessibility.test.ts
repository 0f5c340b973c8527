import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOn } from '../fixtures/axe.fixture.ts'
import { Dashboard, OWNER } from '../fixtures/dashboard.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import { type Seeded, seed } from '../fixtures/seed.fixture.ts'

const NARROW = { width: 375, height: 800 }
const WIDE = { width: 1280, height: 900 }

const dashboard = Dashboard.forTests()
let operations: Seeded

beforeAll(async () => {
  operations = await seed(dashboard)
})
afterAll(() => {
  for (const { socket } of operations.sessions) socket.terminate()
})

/** What axe finds on the page in light and in dark. */
async function violationsInBoth(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`[data-mantine-color-scheme="${colorScheme}"]`).first().waitFor({ state: 'attached' })
    // What fades from one colour to another is looked at when it has.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
    for (const violation of await violationsOn(page)) found.push(`${name}, ${colorScheme}: ${violation}`)
  }
  return found
}

describe('the dashboard holds to WCAG 2.2 AA', () => {
  it('on every page with data on it, light and dark, and no page scrolls sideways on a telephone', async () => {
    const page = await dashboard.logIn('/keys', OWNER, { viewport: WIDE })
    const found: string[] = []
    const tooWide: string[] = []
    for (const [name, path] of operations.pages) {
      await dashboard.goTo(page, path)
      found.push(...(await violationsInBoth(page, name)))
      await page.setViewportSize(NARROW)
      const fits = await page.waitForFunction(isNarrow, NARROW.width, { timeout: 2_000 }).catch(() => undefined)
      if (fits === undefined) tooWide.push(`${name}: ${await page.evaluate(widestOf)}`)
      await page.setViewportSize(WIDE)
    }
    expect(found).toEqual([])
    expect(tooWide).toEqual([])
  }, 120_000)

  it('before one is logged in, and where there is nothing', async () => {
    const page = await (await dashboard.newBrowser({ viewport: WIDE })).newPage()
    for (const path of ['/login', '/setup#code', '/setup']) {
      await page.goto(`/dashboard${path}`)
      await page.reload()
      await page.getByRole('heading', { level: 1 }).waitFor()
      expect(await violationsInBoth(page, path)).toEqual([])
      await page.setViewportSize(NARROW)
      await page.waitForFunction(isNarrow, NARROW.width)
    }
  })

  it('in its dialogs', async () => {
    const page = await dashboard.logIn('/keys', OWNER, { viewport: WIDE })
    const { shop, pages } = operations
    const open = async (place: string, ...buttons: readonly string[]) => {
      await dashboard.goTo(page, pages.get(place) ?? '')
      for (const name of buttons) await page.getByRole('button', { name, exact: true }).last().click()
      await page.getByRole('dialog').first().waitFor()
      return violationsInBoth(page, `${place}: ${buttons.join(', ')}`)
    }
    expect(await open('credentials', 'New API key')).toEqual([])
    expect(await open('authentication', 'Add')).toEqual([])
    expect(await open('authentication', 'Rotate')).toEqual([])
    expect(await open('live', 'alice')).toEqual([])
    expect(await open('live', 'alice', 'Close and ban')).toEqual([])
    expect(await open('conversation', 'Eject bob')).toEqual([])
    await dashboard.goTo(page, pages.get('authentication') ?? '')
    await page.getByRole('button', { name: `More for ${shop.keyId}` }).click()
    await page.getByRole('menuitem', { name: 'Revoke' }).waitFor()
    expect(await violationsInBoth(page, 'menu of a signing key')).toEqual([])
  }, 90_000)

  it('in what is done to webhooks', async () => {
    const page = await dashboard.logIn('/keys', OWNER, { viewport: WIDE })
    const { open, choose, press } = dialogsOf(page)
    await open('webhooks', 'New endpoint')
    expect(await violationsInBoth(page, 'a new endpoint')).toEqual([])
    await press('Make it')
    expect(await violationsInBoth(page, 'a new endpoint without an address')).toEqual([])
    await page.getByRole('dialog').getByLabel('Address').fill('https://other.example.com/')
    await page.getByRole('dialog').getByLabel('Some of it').check()
    await page.getByRole('dialog').getByRole('checkbox').first().check()
    expect(await violationsInBoth(page, 'the events of a new endpoint')).toEqual([])
    await press('Make it')
    await page.getByTestId('secret-once').waitFor()
    expect(await violationsInBoth(page, 'the secret of an endpoint')).toEqual([])
    for (const item of ['Change', 'Rotate the secret', 'Disable', 'Delete']) {
      await choose('webhooks', 'More for https://other.example.com/', item)
      expect(await violationsInBoth(page, `an endpoint: ${item}`)).toEqual([])
    }
    await choose('webhooks', 'More for https://other.example.com/', 'Rotate the secret')
    await press('Make the new secret')
    await page.getByTestId('secret-once').waitFor()
    expect(await violationsInBoth(page, 'the other secret of an endpoint')).toEqual([])
    await open('webhook', 'Send once more')
    expect(await violationsInBoth(page, 'what is sent once more')).toEqual([])
    await dashboard.goTo(page, operations.pages.get('webhook') ?? '')
    await page.getByRole('region', { name: 'Deliveries' }).getByRole('link').first().click()
    await page.getByRole('dialog').getByRole('heading', { level: 3 }).first().waitFor()
    expect(await violationsInBoth(page, 'a delivery')).toEqual([])
  }, 120_000)

  it('in what is done to accounts', async () => {
    const page = await dashboard.logIn('/keys', OWNER, { viewport: WIDE })
    const { open, choose, press } = dialogsOf(page)
    await open('team', 'New account')
    expect(await violationsInBoth(page, 'a new account')).toEqual([])
    await press('Make it')
    expect(await violationsInBoth(page, 'a new account without a name')).toEqual([])
    await page.getByRole('dialog').getByLabel('Name').fill('Nora New')
    await page.getByRole('dialog').getByLabel('Email address').fill('nora@example.com')
    await press('Make it')
    await page.getByRole('dialog', { name: 'The password of Nora New' }).waitFor()
    expect(await violationsInBoth(page, 'the password of a new account')).toEqual([])
    for (const item of ['Change what they may do', 'Another password', 'Delete']) {
      await choose('team', 'More for Nora New', item)
      expect(await violationsInBoth(page, `an account: ${item}`)).toEqual([])
    }
    await choose('team', `More for ${OWNER.name}`, 'Change what they may do')
    expect(await violationsInBoth(page, 'one’s own account')).toEqual([])
    await choose('team', 'More for Nora New', 'Another password')
    await press('Draw another password')
    await page.getByRole('dialog', { name: 'The password of Nora New' }).waitFor()
    expect(await violationsInBoth(page, 'another password')).toEqual([])
  }, 120_000)

  it('in what is done to what is one’s own', async () => {
    const page = await dashboard.logIn('/keys', OWNER, { viewport: WIDE })
    const { open, press } = dialogsOf(page)
    await open('account', 'New access token')
    expect(await violationsInBoth(page, 'a new access token')).toEqual([])
    await press('Make it')
    expect(await violationsInBoth(page, 'a new access token without a name')).toEqual([])
    await page.getByRole('dialog').getByLabel('Name').fill('backup')
    await page.getByRole('dialog').getByRole('checkbox').first().check()
    await press('Make it')
    await page.getByRole('dialog', { name: 'The access token “backup”' }).waitFor()
    expect(await violationsInBoth(page, 'an access token')).toEqual([])
    await open('account', 'Delete backup')
    expect(await violationsInBoth(page, 'an access token that is deleted')).toEqual([])
    await dashboard.goTo(page, operations.pages.get('account') ?? '')
    await page.getByRole('button', { name: 'Change the password' }).click()
    expect(await violationsInBoth(page, 'a password that is not written yet')).toEqual([])
  }, 120_000)
})

it('whoever has no mouse logs in, makes an API key and closes a session', async () => {
  const { shop } = operations
  const { client } = await register(dashboard.url, shop.apiKey, 'dave', dashboard.mint(shop, 'dave'))
  const page = await (await dashboard.newBrowser({ viewport: WIDE })).newPage()
  const { keyboard } = page
  await page.goto('/dashboard/login?next=/keys')
  await page.getByLabel('Email address').waitFor()
  await keyboard.type(OWNER.email)
  await keyboard.press('Tab')
  await keyboard.type(OWNER.password)
  await keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Credentials' }).waitFor()

  await tabTo(page, 'New API key')
  await keyboard.press('Enter')
  const name = page.getByRole('dialog').getByLabel('Name')
  await expect.poll(() => name.evaluate((field) => field === document.activeElement)).toBe(true)
  await keyboard.type('Made by keyboard')
  await keyboard.press('Enter')
  await page.getByTestId('secret-once').waitFor()
  await tabTo(page, 'I have taken it along')
  await keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })

  await tabTo(page, 'Made by keyboard')
  await keyboard.press('Enter')
  await page.getByText('Nobody is in').waitFor()
  await dashboard.goTo(page, `/keys/${shop.apiKey}/live`)
  await tabTo(page, 'dave')
  await keyboard.press('Enter')
  await tabTo(page, 'Close the session')
  await keyboard.press('Enter')
  await page.getByRole('dialog', { name: 'Close the session of dave?' }).waitFor()
  await tabTo(page, 'Close it')
  await keyboard.press('Enter')
  await client.closed
  await page.getByText('This session has ended.').waitFor()
})

/** The dialogs of a page: by a button, or by an item of a menu. */
function dialogsOf(page: Page) {
  const goTo = (place: string) => dashboard.goTo(page, operations.pages.get(place) ?? '')
  const isOpen = () => page.getByRole('dialog').first().waitFor()
  return {
    async open(place: string, name: string) {
      await goTo(place)
      await page.getByRole('button', { name, exact: true }).first().click()
      await isOpen()
    },
    async choose(place: string, menu: string, item: string) {
      await goTo(place)
      await page.getByRole('button', { name: menu, exact: true }).click()
      await page.getByRole('menuitem', { name: item, exact: true }).click()
      await isOpen()
    },
    press: (name: string) => page.getByRole('dialog').getByRole('button', { name, exact: true }).click(),
  }
}

function isNarrow(width: number): boolean {
  return document.documentElement.scrollWidth <= width
}

/** What reaches farthest to the right, where a page is too wide. */
function widestOf(): string {
  const reach = (element: Element) => element.getBoundingClientRect().right
  const [widest] = [...document.querySelectorAll('main *')].sort((one, other) => reach(other) - reach(one))
  return `${document.documentElement.scrollWidth} by ${widest?.outerHTML.slice(0, 200)}`
}

/** Presses Tab until what has the focus is called that. */
async function tabTo(page: Page, name: string): Promise<void> {
  const met: string[] = []
  for (let presses = 0; presses < 60; presses++) {
    const focused = await page.evaluate(() => {
      const element = document.activeElement
      return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
    })
    if (focused.trim() === name) return
    met.push(focused.trim().slice(0, 40))
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never comes to “${name}”, but to ${[...new Set(met)].join(' | ')}`)
}
