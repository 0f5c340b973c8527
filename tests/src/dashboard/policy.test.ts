import type { Page } from 'playwright-core'
import { beforeEach, expect, it } from 'vitest'
import { Dashboard } from '../fixtures/dashboard.fixture.ts'
import { type RawClient, register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const PATIENCE = { timeout: 10_000 }
const HOUR = 3_600

const dashboard = Dashboard.forTests()
let shop: Made

beforeEach(async () => {
  shop = await dashboard.makeKey('Shop')
})

async function enter(id: string, ttl: number): Promise<RawClient> {
  const { client, answer } = await register(dashboard.url, shop.apiKey, id, dashboard.mint(shop, id, { ttl }))
  expect(answer.type).toBe('registered')
  return client
}

async function policyOf(): Promise<{ maxTtlSeconds: number; singleUse: boolean; allowAnyUser: boolean }> {
  return (await dashboard.ask<{ policy: never }>('GET', `/keys/${shop.apiKey}`)).policy
}

function lives(page: Page) {
  return page.getByLabel('Maximum token lifetime', { exact: true })
}

async function setHours(page: Page, hours: number): Promise<void> {
  await lives(page).fill(String(hours))
  await lives(page).press('Tab')
}

it('a change of policy shows its effect on live sessions, and can be undone', async () => {
  const sessions = [await enter('alice', HOUR), await enter('bob', 5 * HOUR)]
  const page = await dashboard.logIn(`/keys/${shop.apiKey}`)
  await expect.poll(() => lives(page).inputValue(), PATIENCE).toBe('24')
  expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true)
  await setHours(page, 2)
  const effect = page.getByRole('status').filter({ hasText: 'Effect on live sessions' })
  await expect.poll(() => effect.innerText(), PATIENCE).toMatch(/1 would expire earlier/)
  expect(await page.locator('mark').allInnerTexts()).toEqual([expect.stringContaining('2 hours')])
  expect((await policyOf()).maxTtlSeconds).toBe(24 * HOUR)

  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('Policy saved.').waitFor()
  expect((await policyOf()).maxTtlSeconds).toBe(2 * HOUR)
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await policyOf()).maxTtlSeconds, PATIENCE).toBe(24 * HOUR)
  await expect.poll(() => lives(page).inputValue(), PATIENCE).toBe('24')
  for (const { socket } of sessions) {
    expect(socket.readyState).toBe(socket.OPEN)
    socket.close(1000)
  }
})

it('when two people change a policy, the second is warned and loses no input', async () => {
  const [first, second] = [await dashboard.logIn(`/keys/${shop.apiKey}`), await dashboard.logIn(`/keys/${shop.apiKey}`)]
  await second.clock.install()
  await second.reload()
  await second.getByLabel('Single-use tokens').check()
  await first.getByLabel('Allow wildcard tokens').click()
  await first.getByRole('button', { name: 'Save' }).click()
  await first.getByText('Policy saved.').waitFor()

  // Returning to the tab keeps the unsaved input.
  await second.clock.fastForward(60_000)
  await second.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  await new Promise((wait) => setTimeout(wait, 1_000))
  expect(await second.getByLabel('Single-use tokens').isChecked()).toBe(true)

  dashboard.watch.tolerate(/^412 PATCH /)
  await second.getByRole('button', { name: 'Save' }).click()
  await second.getByText('Someone else changed this policy').waitFor()
  expect(await second.getByLabel('Single-use tokens').isChecked()).toBe(true)
  const { allowAnyUser: theirs } = await policyOf()
  await second.getByRole('button', { name: 'Overwrite' }).click()
  await second.getByText('Policy saved.').waitFor()
  expect(await policyOf()).toMatchObject({ singleUse: true, allowAnyUser: theirs })
})

it('a wrong origin is reported at its field, in the words of the form', async () => {
  const page = await dashboard.logIn(`/keys/${shop.apiKey}`)
  dashboard.watch.tolerate(/^4\d\d POST .*\/policy\/preview$/)
  await page.getByRole('combobox', { name: 'Allowed origins' }).fill('shop.example')
  await page.getByRole('combobox', { name: 'Allowed origins' }).press('Enter')
  await page.getByText(/^This is not an origin such as https:\/\/shop\.example/).waitFor()
  await page.getByText('Fix the highlighted fields and try again.').waitFor()
  expect(await page.getByText('policy.origins').count()).toBe(0)
})

it('leaving with unsaved changes asks first, and keeps or discards them', async () => {
  const page = await dashboard.logIn(`/keys/${shop.apiKey}`)
  await page.getByLabel('Single-use tokens').check()
  await page.getByRole('link', { name: 'Refusals' }).click()
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await dialog.waitFor({ state: 'hidden' })
  expect(await page.getByLabel('Single-use tokens').isChecked()).toBe(true)
  await page.getByRole('link', { name: 'Refusals' }).click()
  await dialog.getByRole('button', { name: 'Leave' }).click()
  await page.getByRole('heading', { name: 'Refusals', exact: true }).waitFor()
  expect((await policyOf()).singleUse).toBe(false)
})
