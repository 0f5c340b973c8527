import type { Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { Dashboard } from '../fixtures/dashboard.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const PATIENCE = { timeout: 10_000 }

const dashboard = Dashboard.forTests()
let shop: Made

beforeAll(async () => {
  shop = await dashboard.makeKey('Shop')
})

/** Attempts with a token that is no good, and answers what the client was told. */
async function beRefused(id: string, token: string) {
  const { client, answer } = await register(dashboard.url, shop.apiKey, id, token)
  client.socket.close(1000)
  if (answer.type !== 'refused') throw new Error(`${id} was let in`)
  return answer
}

async function expiredTokenOf(id: string): Promise<string> {
  const token = dashboard.mint(shop, id, { ttl: 1 })
  await new Promise((wait) => setTimeout(wait, 2_100))
  return token
}

function whoIsListed(page: Page): Promise<string[]> {
  return page.getByRole('region', { name: 'Refusals' }).getByRole('row').getByRole('link').allInnerTexts()
}

it('the refusal id that a client received leads to every check and what to do', async () => {
  const { refusalId, code } = await beRefused('alice', await expiredTokenOf('alice'))
  expect(code).toBe('token_expired')

  // Found by its id alone, from the page of another API key.
  const other = await dashboard.makeKey('Another shop')
  const page = await dashboard.logIn(`/keys/${other.apiKey}/refusals`)
  await page.getByLabel('Refusal id').fill(`  ${refusalId} `)
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByRole('heading', { name: 'alice was refused' }).waitFor()
  expect(page.url()).toContain(`/keys/${shop.apiKey}/refusals/${refusalId}`)

  const checks = (await page.getByRole('list', { name: 'Checks' }).getByRole('listitem').allInnerTexts()).map((check) =>
    check.replaceAll(/\s+:?\s*/g, ' '),
  )
  expect(checks.filter((check) => check.includes('failed'))).toEqual([expect.stringContaining('Token expired')])
  expect(checks).toContainEqual(expect.stringContaining('Signature valid passed'))
  expect(checks.at(-1)).toContain('not reached')
  expect(await page.getByRole('region', { name: 'What to do' }).getByRole('listitem').count()).toBeGreaterThan(0)
  await page
    .getByText(/expired [1-5] s ago/)
    .first()
    .waitFor()
  // The token is simply expired, which says nothing about clocks.
  expect(await page.getByRole('alert').count()).toBe(0)
  await page.getByRole('link', { name: 'Documentation of token_expired' }).waitFor()

  dashboard.watch.tolerate(/^404 GET \/api\/v1\/refusals\/rf_/)
  await page.goBack()
  await page.getByLabel('Refusal id').fill('rf_nobody-was-ever-told')
  await page.getByRole('button', { name: 'Find' }).click()
  await page.getByText(/no such refusal/i).waitFor()
})

it('a token that is not valid yet shows by how much the clocks differ', async () => {
  const notBefore = Math.floor(Date.now() / 1_000) + 60
  const { refusalId } = await beRefused('early', dashboard.mint(shop, 'early', { notBefore, ttl: 600 }))
  const page = await dashboard.logIn(`/keys/${shop.apiKey}/refusals/${refusalId}`)
  await expect
    .poll(() => page.getByRole('alert').innerText(), PATIENCE)
    .toMatch(/seconds ahead of the platform’s clock/)
})

it('refusals are filtered by user and by reason, and are drawn over time', async () => {
  const page = await dashboard.logIn(`/keys/${shop.apiKey}/refusals`)
  await beRefused('anna', await expiredTokenOf('anna'))
  await beRefused('bob', dashboard.mint(shop, 'somebody else'))
  // They come by themselves.
  await expect.poll(() => whoIsListed(page), PATIENCE).toEqual(['bob', 'anna', 'early', 'alice'])

  await page.reload()
  await expect.poll(() => page.locator('.recharts-bar-rectangle path').count(), PATIENCE).toBeGreaterThanOrEqual(2)
  const bars = page.locator('.recharts-bar-rectangle path')
  const drawn = await bars.evaluateAll((all) => all.map((bar) => getComputedStyle(bar).fill))
  const legend = page.locator('li [class*="ColorSwatch-colorOverlay"]')
  const explained = await legend.evaluateAll((all) => all.map((swatch) => getComputedStyle(swatch).backgroundColor))
  expect(new Set(explained)).toEqual(new Set(drawn))
  await page.getByRole('button', { name: 'user_id_mismatch' }).click()
  await expect.poll(() => whoIsListed(page), PATIENCE).toEqual(['bob'])
  expect(page.url()).toContain('code=user_id_mismatch')
  // What is filtered stands in the address, so that it can be passed on.
  await page.reload()
  await expect.poll(() => whoIsListed(page), PATIENCE).toEqual(['bob'])

  await page.getByRole('button', { name: 'All codes' }).click()
  await page.getByLabel('Search by user').fill('ann')
  await expect.poll(() => whoIsListed(page), PATIENCE).toEqual(['anna'])
  await page.getByLabel('Search by user').fill('nobody')
  await page.getByText('No matching refusals').waitFor()
})
