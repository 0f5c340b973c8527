import { beforeAll, expect, it } from 'vitest'
import { Dashboard } from '../fixtures/dashboard.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const PATIENCE = { timeout: 10_000 }

const dashboard = Dashboard.forTests()
let shop: Made

beforeAll(async () => {
  shop = await dashboard.makeKey('Shop')
  await dashboard.makeKey('Newer')
})

it('the key picker keeps the last API key on pages of the platform, also after a reload', async () => {
  const page = await dashboard.logIn(`/keys/${shop.apiKey}/refusals`)
  const picker = page.getByRole('navigation', { name: 'Pages' }).getByRole('combobox', { name: 'API key' })
  await expect.poll(() => picker.inputValue(), PATIENCE).toBe('Shop')
  for (const path of ['/audit', '/team', '/health', '/account', '/keys']) {
    await dashboard.goTo(page, path)
    await expect.poll(() => picker.inputValue(), PATIENCE).toBe('Shop')
  }
})

it('logging out forgets the last API key', async () => {
  const page = await dashboard.logIn(`/keys/${shop.apiKey}/live`)
  await expect.poll(() => page.evaluate(() => localStorage.getItem('stagedoor.api-key'))).toBe(shop.apiKey)
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Log out' }).click()
  await page.getByRole('heading', { name: 'Log in' }).waitFor()
  expect(await page.evaluate(() => localStorage.getItem('stagedoor.api-key'))).toBeNull()
})

it('a breadcrumb leads from a page of an API key back to all API keys', async () => {
  const page = await dashboard.logIn(`/keys/${shop.apiKey}/webhooks`)
  const breadcrumb = page.getByRole('navigation', { name: 'Breadcrumb' })
  await expect
    .poll(() => breadcrumb.innerText(), PATIENCE)
    .toMatch(/Overview\s+›\s+Credentials\s+›\s+Shop\s+›\s+Webhooks/)
  await breadcrumb.getByRole('link', { name: 'Credentials' }).click()
  await page.getByRole('heading', { name: 'Credentials' }).waitFor()
  expect(await breadcrumb.count()).toBe(0)
})

it('an unknown page says so and leads to the dashboard', async () => {
  const page = await dashboard.logIn('/keys')
  await page.goto('/dashboard/no/such/page')
  await page.getByRole('heading', { name: 'Page not found' }).waitFor()
  await page.getByRole('link', { name: 'Go to the dashboard' }).click()
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
})
