import { afterAll, beforeAll, expect, it } from 'vitest'
import { MIN_SPIKE } from '../../../apps/server/src/operations/needs-attention.ts'
import { Dashboard } from '../fixtures/dashboard.fixture.ts'
import { type RawClient, register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const PATIENCE = { timeout: 10_000 }
const KEEPER = { email: 'keeper@example.com', name: 'Kim Keeper', password: 'a sentence of the keeper' }

const dashboard = Dashboard.forTests()
let shop: Made
const sessions: RawClient[] = []

beforeAll(async () => {
  // Before there is an API key, the owner is shown how to make one.
  const page = await dashboard.logIn('/')
  await page.getByRole('heading', { name: 'Your first call' }).waitFor()
  await page.context().close()
  shop = await dashboard.makeKey('Shop')
  for (const user of ['alice', 'bob']) {
    sessions.push((await register(dashboard.url, shop.apiKey, user, dashboard.mint(shop, user))).client)
  }
  await beRefused('mallory')
})
afterAll(() => {
  for (const { socket } of sessions) socket.terminate()
})

async function beRefused(user: string, key = shop) {
  const { client } = await register(dashboard.url, key.apiKey, user, dashboard.mint(key, 'somebody else'))
  client.socket.terminate()
}

it('the landing page shows sessions, registrations and refusals, and leads to where they are', async () => {
  const page = await dashboard.logIn('/')
  await page.getByRole('heading', { name: 'Overview' }).waitFor()
  const value = (name: string) => page.getByTestId(`value-${name}`).innerText()
  await expect.poll(() => value('Sessions now'), PATIENCE).toBe('2 sessions')
  expect(await value('Peak')).toBe('2 sessions')
  expect(await value('Admitted')).toBe('2 registrations')
  expect(await value('Refused')).toBe('1 request')
  await page.getByText('Nothing needs attention.').waitFor()
  await expect.poll(() => page.locator('.recharts-bar-rectangle path').count(), PATIENCE).toBeGreaterThanOrEqual(3)
  await page.getByRole('navigation', { name: 'Pages' }).locator('[aria-current="page"]').getByText('Overview').waitFor()

  for (const period of ['7 days', '30 days', '90 days']) {
    await page.getByText(period, { exact: true }).click()
    await expect.poll(() => value('Admitted'), PATIENCE).toBe('2 registrations')
    await page.getByText(/^Hourly counts began/).waitFor()
  }
  expect(decodeURIComponent(page.url())).toContain('7776000')

  const reasons = page.getByRole('list', { name: 'Most frequent reasons' })
  await reasons.getByRole('link', { name: 'user_id_mismatch' }).click()
  await page.getByRole('heading', { name: 'Refusals', exact: true }).waitFor()
  expect(page.url()).toContain('code=user_id_mismatch')
  await page.getByText(/^The refusal log began/).waitFor()
  await page.getByText('90 days', { exact: true }).click()
  await expect.poll(() => page.locator('.recharts-bar-rectangle path').count(), PATIENCE).toBeGreaterThanOrEqual(1)
})

it('what needs attention leads to its page', async () => {
  const { endpointId } = await dashboard.ask<{ endpointId: string }>('POST', `/keys/${shop.apiKey}/webhooks`, {
    url: 'https://hooks.invalid/',
  })
  await dashboard.ask('POST', `/keys/${shop.apiKey}/webhooks/${endpointId}/test`, {})
  for (let time = 0; time < MIN_SPIKE; time++) await beRefused('mallory')
  const page = await dashboard.logIn('/')
  const attention = page.getByRole('region', { name: 'Needs attention' })
  await expect
    .poll(() => attention.getByRole('link').allInnerTexts(), { timeout: 60_000 })
    .toEqual(['More refusals than usual: user_id_mismatch', 'A webhook of Shop is failing'])
  await attention.getByText(/Shop: \d+ in the last two hours/).waitFor()
  await attention.getByRole('link', { name: 'A webhook of Shop is failing' }).click()
  await page.waitForURL(`**/keys/${shop.apiKey}/webhooks/${endpointId}`)
}, 90_000)

it('a member of one API key sees the numbers of that API key only', async () => {
  const other = await dashboard.makeKey('Other')
  const grants = [{ apiKey: other.apiKey, role: 'viewer' }]
  await dashboard.ask('POST', '/accounts', { ...KEEPER, grants })
  await beRefused('mallory', other)
  const page = await dashboard.logIn('/', KEEPER)
  await expect.poll(() => page.getByTestId('value-Refused').innerText(), PATIENCE).toBe('1 request')
  expect(await page.getByTestId('value-Sessions now').innerText()).toBe('0 sessions')
  expect(await page.getByTestId('value-Admitted').innerText()).toBe('0 registrations')
  await page.getByText('Nothing needs attention.').waitFor()
  await page.getByText('No sessions in this period.').waitFor()
})

it('a failure to load says so, and can be tried again', async () => {
  dashboard.watch.tolerate(/^500 GET \/api\/v1\/(traffic|attention)/)
  const page = await dashboard.logIn('/health')
  await page.route('**/api/v1/traffic?*', (route) =>
    route.fulfill({
      status: 400,
      contentType: 'application/problem+json',
      body: '{"title":"x","status":400,"code":"x","detail":"The counts are away."}',
    }),
  )
  dashboard.watch.tolerate(/^400 GET \/api\/v1\/traffic/)
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'Overview' }).click()
  await page.getByRole('alert').getByText('The counts are away.').waitFor()
  await page.unroute('**/api/v1/traffic?*')
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByTestId('value-Sessions now').waitFor()
})
