import type { Page } from 'playwright-core'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { violationsOn } from '../fixtures/axe.fixture.ts'
import { Dashboard, OWNER } from '../fixtures/dashboard.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import { DEVELOPER, VIEWER } from '../fixtures/seed.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const PATIENCE = { timeout: 10_000 }
/** As many as the API lists at once. */
const PAGE = 50

const dashboard = Dashboard.forTests()
let shop: Made
let place: string

beforeAll(async () => {
  await dashboard.ask('POST', '/accounts', { ...VIEWER, role: 'viewer' })
  await dashboard.ask('POST', '/accounts', { ...DEVELOPER, role: 'developer' })
})
beforeEach(async () => {
  shop = await dashboard.makeKey('Shop')
  place = `/keys/${shop.apiKey}/revocations`
})

function revoke(kind: string, subject: string, rest: object = {}): Promise<unknown> {
  return dashboard.ask('POST', place, { kind, subject, ...rest })
}

function rowsOf(page: Page) {
  return page.getByRole('region', { name: 'Revocations', exact: true }).locator('tbody tr')
}

async function cellsOf(page: Page, at: number): Promise<(string | null)[]> {
  return rowsOf(page).locator(`td:nth-child(${at})`).allInnerTexts()
}

it('an empty list says what will be there, and one that cannot be loaded says so and can be loaded again', async () => {
  const page = await dashboard.logIn(place)
  await page.getByText('No revocations').waitFor()
  let isBroken = true
  await page.route('**/revocations?*', (route) =>
    isBroken ? route.fulfill({ status: 403, json: { type: 'x', title: 'Forbidden', status: 403 } }) : route.continue(),
  )
  dashboard.watch.tolerate(/^403 GET .*revocations$/)
  await page.reload()
  await page.getByRole('alert').waitFor()
  isBroken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await page.getByText('No revocations').waitFor()
})

it('each revocation is listed with its kind, its subject, who made it and until when', async () => {
  await revoke('token', 'token-1')
  await revoke('ban', 'trent', { forSeconds: 7_200 })
  await dashboard.ask('POST', place, { kind: 'everything' })
  const page = await dashboard.logIn(place)
  await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(3)
  const ban = rowsOf(page).filter({ hasText: 'trent' })
  expect(await ban.innerText()).toMatch(/^Ban\s+trent\s+.*\s+owner@example\.com\s+in 2 h/)
  await page.getByText('Every token of this API key').waitFor()
  expect(new Set(await cellsOf(page, 4))).toEqual(new Set([OWNER.email]))
  expect(await violationsOn(page)).toEqual([])
  expect(await page.getByRole('navigation', { name: 'Breadcrumb' }).innerText()).toContain('Revocations')

  await page.getByRole('combobox', { name: 'Kind' }).click()
  await page.getByRole('option', { name: 'Ban', exact: true }).click()
  await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(1)
  expect(new URL(page.url()).searchParams.get('kind')).toBe('ban')
  await page.getByRole('searchbox', { name: 'Search by subject' }).fill('nobody')
  await page.getByText('No matching revocations').waitFor()
})

it('more than one page is loaded on request', async () => {
  for (let at = 0; at <= PAGE; at++) await revoke('token', `token-${at}`)
  const page = await dashboard.logIn(place)
  await page.getByText(`${PAGE} of ${PAGE + 1}`).waitFor()
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(PAGE + 1)
})

it('a banned user is refused until the ban is lifted, which asks first', async () => {
  const page = await dashboard.logIn(place)
  await page.getByRole('button', { name: 'Revoke…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Revoke' })
  await dialog.getByRole('combobox', { name: 'What to revoke' }).click()
  await page.getByRole('option', { name: 'A user, whatever token they bring' }).click()
  await dialog.getByRole('button', { name: 'Ban' }).click()
  await dialog.getByText('Enter a user id.').waitFor()
  await dialog.getByRole('textbox', { name: 'User id' }).fill('alice')
  await dialog.getByText('There are no live sessions.').waitFor()
  expect(await violationsOn(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Ban' }).click()
  await dialog.waitFor({ state: 'hidden' })
  await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(1)
  expect(await answerTo('alice')).toMatchObject({ type: 'refused' })

  await page.getByRole('button', { name: 'Lift ban of alice' }).click()
  const confirm = page.getByRole('dialog', { name: 'Lift the ban of alice?' })
  await confirm.getByRole('button', { name: 'Cancel' }).click()
  expect(await rowsOf(page).count()).toBe(1)
  await page.getByRole('button', { name: 'Lift ban of alice' }).click()
  await confirm.getByRole('button', { name: 'Lift ban' }).click()
  await page.getByText('No revocations').waitFor()
  await expect.poll(() => answerTo('alice'), PATIENCE).toMatchObject({ type: 'registered' })
})

it('revoking the tokens of a user shows which sessions would end, and ends them', async () => {
  const { client, answer } = await register(dashboard.url, shop.apiKey, 'alice', dashboard.mint(shop, 'alice'))
  expect(answer.type).toBe('registered')
  const page = await dashboard.logIn(place)
  await page.getByRole('button', { name: 'Revoke…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Revoke' })
  await dialog.getByRole('textbox', { name: 'User id' }).fill('alice')
  await dialog.getByText('1 of 1 would end now.').waitFor()
  await dialog.getByRole('button', { name: 'Revoke' }).click()
  await expect.poll(() => cellsOf(page, 1), PATIENCE).toEqual(['Tokens of a user'])
  await expect.poll(() => client.socket.readyState, PATIENCE).toBe(client.socket.CLOSED)
})

it('a developer revokes and does not see who did, and a viewer only reads', async () => {
  await revoke('ban', 'trent', { forSeconds: 60 })
  const titlesFor = async (page: Page) => {
    await expect.poll(() => rowsOf(page).count(), PATIENCE).toBe(1)
    return page.getByRole('columnheader').allInnerTexts()
  }
  const developer = await dashboard.logIn(place, DEVELOPER)
  expect(await titlesFor(developer)).toEqual(['Kind', 'Subject', 'Revoked', 'Until', 'Actions'])
  expect(await developer.getByRole('button', { name: 'Revoke…' }).count()).toBe(1)
  const viewer = await dashboard.logIn(place, VIEWER)
  expect(await titlesFor(viewer)).toEqual(['Kind', 'Subject', 'Revoked', 'Until'])
  expect(await viewer.getByRole('button', { name: 'Revoke…' }).count()).toBe(0)
})

/** What a user is answered who registers with a fresh token. */
async function answerTo(id: string): Promise<object> {
  const { client, answer } = await register(dashboard.url, shop.apiKey, id, dashboard.mint(shop, id))
  client.socket.close(1000)
  return answer
}
