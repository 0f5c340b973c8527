import { type ChildProcess, spawn } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Browser, framesDecoded, openBrowser } from '../fixtures/browser.fixture.ts'
import { Shop } from '../fixtures/shop.fixture.ts'

const EXAMPLE = fileURLToPath(new URL('../../../examples/react', import.meta.url))
const PATIENCE = { timeout: 30_000, interval: 200 }
const TTL_SECONDS = 5

const shop = Shop.forTests()
let example: ChildProcess
let browser: Browser
let address: string

beforeAll(async () => {
  const env = {
    ...process.env,
    API_KEY: shop.key.apiKey,
    SECRET: shop.key.secret,
    STAGEDOOR_URL: shop.platform.url,
    PORT: '0',
    PROVIDER_PORT: '0',
    TTL: String(TTL_SECONDS),
  }
  example = spawn(process.execPath, ['start.mjs'], { cwd: EXAMPLE, env })
  address = await new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk
      const [, page] = /Open (\S+) in two browsers/.exec(output) ?? []
      if (page !== undefined) resolve(page)
    }
    example.stdout?.on('data', read)
    example.stderr?.on('data', read)
    example.on('exit', () => reject(new Error(`The example did not start: ${output}`)))
  })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  example.kill()
})

/** Signs in at the provider as any user would, and is led back into the call. */
async function signIn(page: Page, name: string): Promise<void> {
  await page.context().clearCookies()
  await page.goto(address)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.locator('input[name=login]').fill(name)
  await page.locator('input[name=password]').fill('any')
  await page.locator('button[type=submit]').click()
  // The provider asks whether the application may know who one is.
  await page.getByRole('button', { name: /continue/i }).click()
  await page.getByTestId('user').waitFor()
}

const stateOf = (page: Page) => page.getByTestId('state').getAttribute('data-state')
const tokensOf = async (page: Page) => Number(await page.getByTestId('state').getAttribute('data-tokens'))

it('users of an OpenID provider see each other over several tokens, and signing out ends the call', async () => {
  const [alice, bob] = [await browser.context.newPage(), await browser.context.newPage()]
  const errors: string[] = []
  for (const page of [alice, bob]) page.on('pageerror', ({ message }) => errors.push(message))
  await signIn(alice, 'alice')
  await signIn(bob, 'bob')
  expect([await alice.getByTestId('user').innerText(), await bob.getByTestId('user').innerText()]).toEqual([
    'alice',
    'bob',
  ])
  for (const page of [alice, bob]) {
    await expect.poll(() => stateOf(page), PATIENCE).toBe('in')
    await expect.poll(() => framesDecoded(page), PATIENCE).toBeGreaterThan(10)
  }

  // Two tokens have ended when the fourth was given: each was renewed in the life of the one before.
  await expect.poll(() => tokensOf(alice), PATIENCE).toBeGreaterThanOrEqual(4)
  const seen = await framesDecoded(bob)
  await expect.poll(() => framesDecoded(bob), PATIENCE).toBeGreaterThan(seen + 10)
  expect([await stateOf(alice), await stateOf(bob), errors]).toEqual(['in', 'in', []])

  await alice.getByRole('button', { name: 'Sign out' }).click()
  await expect.poll(() => stateOf(alice), PATIENCE).toBe('ended')
  expect(await alice.getByTestId('state').innerText()).toContain('Nobody is signed in')
  // The other is in still, and alone.
  expect(await stateOf(bob)).toBe('in')
  await expect.poll(() => bob.locator('[data-remote=true]').count(), PATIENCE).toBe(0)
})

it('no secret is in what the page is given', async () => {
  const page = await browser.context.newPage()
  const bodies: string[] = []
  page.on('response', async (response) => bodies.push(await response.text().catch(() => '')))
  await page.goto(address)
  await page.getByRole('button', { name: 'Sign in' }).waitFor()
  expect(bodies.join('')).toContain(shop.key.apiKey)
  expect(bodies.join('')).not.toContain(shop.key.secret)
})
