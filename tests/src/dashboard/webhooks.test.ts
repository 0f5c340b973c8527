import type { Locator } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { Dashboard } from '../fixtures/dashboard.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const PATIENCE = { timeout: 15_000 }

const dashboard = Dashboard.forTests()
let shop: Made
let endpointId: string

beforeAll(async () => {
  shop = await dashboard.makeKey('Shop')
  const path = `/keys/${shop.apiKey}/webhooks`
  const endpoint = { url: 'https://hooks.example.com/stagedoor' }
  endpointId = (await dashboard.ask<{ endpointId: string }>('POST', path, endpoint)).endpointId
  await dashboard.ask('POST', `${path}/${endpointId}/test`, {})
})

it('a failing endpoint shows in red why its last attempt failed and when it is retried', async () => {
  const page = await dashboard.logIn(`/keys/${shop.apiKey}/webhooks`)
  const row = page.getByRole('region', { name: 'Endpoints' }).locator('tbody tr')
  await expect.poll(() => row.innerText(), PATIENCE).toMatch(/Failing[\s\S]*\d m?s\)[\s\S]*Next retry in/)
  expect(await colourOf(row.getByText('Failing', { exact: true }))).toBe('red')

  await dashboard.goTo(page, `/keys/${shop.apiKey}/webhooks/${endpointId}`)
  const delivery = page.getByRole('region', { name: 'Deliveries' }).locator('tbody tr').first()
  await expect.poll(() => delivery.innerText(), PATIENCE).toMatch(/Retrying[\s\S]*Next retry/)
  await delivery.getByRole('link').click()
  const drawer = page.getByRole('dialog')
  await expect.poll(() => drawer.getByRole('status').innerText(), PATIENCE).toMatch(/^Retrying[\s\S]*Last attempt: /)
  await drawer.getByText('Next retry').waitFor()
})

it('the health of the platform counts failing deliveries, and warns about a missing TURN server', async () => {
  const page = await dashboard.logIn('/health')
  const webhooks = page.getByRole('region', { name: 'Webhooks' })
  await expect.poll(() => webhooks.innerText(), PATIENCE).toContain('1 failing')
  expect(await colourOf(webhooks.getByText('1 failing'))).toBe('red')
  expect(await colourOf(page.getByRole('region', { name: 'Media' }).getByText('TURN not configured'))).toBe('orange')
})

/** Returns the colour of the badge around a text, by its name in the theme. */
function colourOf(text: Locator): Promise<string> {
  return text.evaluate((label) => {
    const background = label.closest<HTMLElement>('[class*="Badge-root"]')?.style.getPropertyValue('--badge-bg') ?? ''
    return /color-(\w+)-/.exec(background)?.[1] ?? background
  })
}
