import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { violationsOn } from '../fixtures/axe.fixture.ts'
import { Dashboard, OWNER } from '../fixtures/dashboard.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import { unreachableOn } from '../fixtures/reach.fixture.ts'
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

/** Returns what axe finds on the page in light and in dark mode. */
async function violationsInBoth(page: Page, name: string): Promise<string[]> {
  const found: string[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.locator(`[data-mantine-color-scheme="${colorScheme}"]`).first().waitFor({ state: 'attached' })
    // Colours are checked after their transitions.
    await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)))
    for (const violation of await violationsOn(page)) found.push(`${name}, ${colorScheme}: ${violation}`)
  }
  return found
}

describe('the dashboard holds to WCAG 2.2 AA', () => {
  it('on every page with data on it, light and dark, and no page scrolls sideways on a phone', async () => {
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

  it('on a phone, where every action is in view with its whole label', async () => {
    const page = await dashboard.logIn('/keys', OWNER, { viewport: NARROW })
    const found: string[] = []
    for (const [name, path] of operations.pages) {
      await dashboard.goTo(page, path)
      found.push(...(await violationsInBoth(page, name)))
      for (const unreachable of await unreachableOn(page)) found.push(`${name}: ${unreachable}`)
    }
    await page.getByRole('button', { name: 'Menu' }).click()
    await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Refusals' }).click()
    await page.getByRole('heading', { name: 'Refusals', exact: true }).waitFor()
    expect(found).toEqual([])
  }, 120_000)

  it('before the login', async () => {
    const page = await (await dashboard.newBrowser({ viewport: WIDE })).newPage()
    for (const path of ['/login', '/setup#code', '/setup', '/no/such/page']) {
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
    expect(await open('authentication', 'Add signing key')).toEqual([])
    expect(await open('authentication', 'Rotate secret')).toEqual([])
    expect(await open('live', 'alice')).toEqual([])
    expect(await open('live', 'alice', 'Close and ban')).toEqual([])
    expect(await open('conversation', 'Eject bob')).toEqual([])
    await dashboard.goTo(page, pages.get('authentication') ?? '')
    await page.getByRole('button', { name: `Actions for ${shop.keyId}` }).click()
    await page.getByRole('menuitem', { name: 'Revoke' }).waitFor()
    expect(await violationsInBoth(page, 'menu of a signing key')).toEqual([])
  }, 90_000)

  it('in the dialogs of webhooks', async () => {
    const page = await dashboard.logIn('/keys', OWNER, { viewport: WIDE })
    const { open, choose, press } = dialogsOf(page)
    await open('webhooks', 'New endpoint')
    expect(await violationsInBoth(page, 'a new endpoint')).toEqual([])
    await press('Create')
    expect(await violationsInBoth(page, 'a new endpoint without an address')).toEqual([])
    await page.getByRole('dialog').getByLabel('URL').fill('https://other.example.com/')
    await page.getByRole('dialog').getByLabel('Selected events', { exact: true }).first().check()
    await page.getByRole('dialog').getByRole('checkbox').first().check()
    expect(await violationsInBoth(page, 'the events of a new endpoint')).toEqual([])
    await press('Create')
    await page.getByTestId('secret-once').waitFor()
    expect(await violationsInBoth(page, 'the secret of an endpoint')).toEqual([])
    for (const item of ['Edit', 'Rotate secret', 'Disable', 'Delete']) {
      await choose('webhooks', 'Actions for https://other.example.com/', item)
      expect(await violationsInBoth(page, `an endpoint: ${item}`)).toEqual([])
    }
    await choose('webhooks', 'Actions for https://other.example.com/', 'Rotate secret')
    await press('Create new secret')
    await page.getByTestId('secret-once').waitFor()
    expect(await violationsInBoth(page, 'the new secret of an endpoint')).toEqual([])
    await open('webhook', 'Resend failed')
    expect(await violationsInBoth(page, 'deliveries to resend')).toEqual([])
    await dashboard.goTo(page, operations.pages.get('webhook') ?? '')
    await page.getByRole('region', { name: 'Deliveries' }).getByRole('link').first().click()
    await page.getByRole('dialog').getByRole('heading', { level: 3 }).first().waitFor()
    expect(await violationsInBoth(page, 'a delivery')).toEqual([])
  }, 120_000)

  it('in the dialogs of accounts', async () => {
    const page = await dashboard.logIn('/keys', OWNER, { viewport: WIDE })
    const { open, choose, press } = dialogsOf(page)
    await open('team', 'New account')
    expect(await violationsInBoth(page, 'a new account')).toEqual([])
    await press('Create')
    expect(await violationsInBoth(page, 'a new account without a name')).toEqual([])
    await page.getByRole('dialog').getByLabel('Name').fill('Nora New')
    await page.getByRole('dialog').getByLabel('Email address').fill('nora@example.com')
    await press('Create')
    await page.getByRole('dialog', { name: 'Password of Nora New' }).waitFor()
    expect(await violationsInBoth(page, 'the password of a new account')).toEqual([])
    for (const item of ['Edit', 'Reset password', 'Delete']) {
      await choose('team', 'Actions for Nora New', item)
      expect(await violationsInBoth(page, `an account: ${item}`)).toEqual([])
    }
    await choose('team', `Actions for ${OWNER.name}`, 'Edit')
    expect(await violationsInBoth(page, 'one’s own account')).toEqual([])
    await choose('team', 'Actions for Nora New', 'Reset password')
    await press('Generate a new password')
    await page.getByRole('dialog', { name: 'Password of Nora New' }).waitFor()
    expect(await violationsInBoth(page, 'a reset password')).toEqual([])
  }, 120_000)

  it('in the dialogs of your own account', async () => {
    const page = await dashboard.logIn('/keys', OWNER, { viewport: WIDE })
    const { open, press } = dialogsOf(page)
    await open('account', 'New access token')
    expect(await violationsInBoth(page, 'a new access token')).toEqual([])
    await press('Create')
    expect(await violationsInBoth(page, 'a new access token without a name')).toEqual([])
    await page.getByRole('dialog').getByLabel('Name').fill('backup')
    await page.getByRole('dialog').getByRole('checkbox').first().check()
    await press('Create')
    await page.getByRole('dialog', { name: 'Access token “backup”' }).waitFor()
    expect(await violationsInBoth(page, 'an access token')).toEqual([])
    await open('account', 'Delete backup')
    expect(await violationsInBoth(page, 'an access token that is deleted')).toEqual([])
    await dashboard.goTo(page, operations.pages.get('account') ?? '')
    await page.getByRole('button', { name: 'Change password' }).click()
    expect(await violationsInBoth(page, 'an incomplete change of password')).toEqual([])
  }, 120_000)
})

it('a keyboard user logs in, creates an API key and closes a session', async () => {
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
  await tabTo(page, 'Done')
  await keyboard.press('Enter')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })

  await tabTo(page, 'Made by keyboard')
  await keyboard.press('Enter')
  await page.getByText('No live sessions').waitFor()
  await dashboard.goTo(page, `/keys/${shop.apiKey}/live`)
  await tabTo(page, 'dave')
  await keyboard.press('Enter')
  await tabTo(page, 'Close session')
  await keyboard.press('Enter')
  const confirm = page.getByRole('dialog', { name: 'Close dave’s session?' })
  await confirm.waitFor()
  await expect.poll(() => confirm.evaluate((dialog) => dialog.contains(document.activeElement))).toBe(true)
  await tabTo(page, 'Close session')
  await keyboard.press('Enter')
  await client.closed
  await page.getByText('This session has ended.').waitFor()
})

/** Opens the dialogs of a page: by a button, or by a menu item. */
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

/** Returns the element that reaches farthest to the right on a page that is too wide. */
function widestOf(): string {
  const reach = (element: Element) => element.getBoundingClientRect().right
  const [widest] = [...document.querySelectorAll('main *')].sort((one, other) => reach(other) - reach(one))
  return `${document.documentElement.scrollWidth} by ${widest?.outerHTML.slice(0, 200)}`
}

/** Presses Tab until the focused element has that name. */
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
