import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Dashboard } from '../fixtures/dashboard.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import { type Seeded, seed } from '../fixtures/seed.fixture.ts'

const PATIENCE = { timeout: 10_000 }

const dashboard = Dashboard.forTests()
let operations: Seeded

beforeAll(async () => {
  operations = await seed(dashboard)
  const path = `/keys/${operations.shop.apiKey}`
  await dashboard.makeKey('Attic')
  await dashboard.ask('POST', `${path}/signing-keys`, { kind: 'secret', keyId: 'another' })
  await dashboard.ask('POST', `${path}/webhooks`, { url: 'https://another.example.com/', description: 'Returns' })
  await dashboard.ask('POST', `${path}/webhooks/${operations.endpointId}/test`, {})
  await dashboard.ask('POST', '/me/tokens', { name: 'another', rights: ['keys:read'] })
  for (const id of ['adam', 'zoe', 'zoe']) {
    const token = id === 'adam' ? 'none' : dashboard.mint(operations.shop, 'other')
    const { client, answer } = await register(dashboard.url, operations.shop.apiKey, id, token)
    expect(answer.type).toBe('refused')
    client.socket.close(1000)
  }
})
afterAll(() => {
  for (const { socket } of operations.sessions) socket.terminate()
})

/** What stands in a column of a list, from the first row on. */
async function columnOf(page: Page, list: string, title: string): Promise<string[]> {
  const table = page.getByRole('region', { name: list, exact: true })
  const titles = await table.getByRole('columnheader').allInnerTexts()
  const at = titles.findIndex((text) => text.trim() === title)
  expect(at, `${title} among ${titles.join(', ')}`).not.toBe(-1)
  return table.locator(`tbody td:nth-child(${at + 1})`).allInnerTexts()
}

const inOrder = (texts: readonly string[]) => texts.toSorted((one, other) => compare(one, other))
const compare = (one: string, other: string) => (one.toLowerCase() < other.toLowerCase() ? -1 : 1)

it.each([
  ['credentials', 'API keys', 'Name', 'name'],
  ['authentication', 'Signing keys', 'Key id', 'keyId'],
  ['webhooks', 'Endpoints', 'URL', 'url'],
  ['refusals', 'Refusals', 'User id', 'userId'],
  ['refusals', 'Refusals', 'Attempts', 'count'],
  ['refusals', 'Refusals', 'Reason', 'code'],
  ['revocations', 'Revocations', 'Subject', 'subject'],
  ['team', 'Accounts', 'Email address', 'email'],
  ['account', 'Personal access tokens', 'Name', 'name'],
])(
  'on the page of %s, the list “%s” is sorted by %s, and stays sorted after a reload',
  async (place, list, title, sort) => {
    const page = await dashboard.logIn(operations.pages.get(place))
    const heading = page.getByRole('columnheader', { name: title, exact: true })
    const read = () => columnOf(page, list, title)
    await heading.getByRole('button').click()
    await expect.poll(() => heading.getAttribute('aria-sort'), PATIENCE).toBe('descending')
    await heading.getByRole('button').click()
    await expect.poll(() => heading.getAttribute('aria-sort'), PATIENCE).toBe('ascending')
    await expect.poll(async () => (await read()).length, PATIENCE).toBeGreaterThan(1)
    await expect.poll(async () => (await read()).join(), PATIENCE).toBe(inOrder(await read()).join())
    const up = await read()
    await heading.getByRole('button').click()
    await expect.poll(async () => (await read()).join(), PATIENCE).toBe(up.toReversed().join())
    expect(new URL(page.url()).searchParams.get('sort')).toBe(`-${sort}`)
    await page.reload()
    await expect.poll(async () => (await read()).join(), PATIENCE).toBe(up.toReversed().join())
  },
)

it.each([
  ['audit', 'Audit log', 'When', 'at'],
  ['audit-of-all', 'Audit log', 'When', 'at'],
  ['webhook', 'Deliveries', 'Created', 'createdAt'],
])('on the page of %s, the list “%s” is sorted by time in either direction', async (place, list, title, sort) => {
  const page = await dashboard.logIn(operations.pages.get(place))
  const table = page.getByRole('region', { name: list, exact: true })
  const times = () =>
    table
      .locator('tbody td:first-child time')
      .evaluateAll((all) => all.map((time) => time.getAttribute('datetime') ?? ''))
  const heading = table.getByRole('columnheader', { name: title })
  await heading.waitFor()
  expect(await heading.getAttribute('aria-sort')).toBe('descending')
  expect(await times()).toEqual((await times()).toSorted().toReversed())
  await heading.getByRole('button').click()
  await expect.poll(() => heading.getAttribute('aria-sort'), PATIENCE).toBe('ascending')
  await expect.poll(async () => (await times()).join(), PATIENCE).toBe((await times()).toSorted().join())
  expect(new URL(page.url()).searchParams.get('sort')).toBe(sort)
})

it.each([
  ['credentials', 'Search by name', 'ATT', 'API keys', 'Attic'],
  ['authentication', 'Search by key id', 'NOTH', 'Signing keys', 'another'],
  ['webhooks', 'Search by URL or description', 'RETURN', 'Endpoints', 'another.example.com'],
  ['refusals', 'Search by user', 'AD', 'Refusals', 'adam'],
  ['revocations', 'Search by subject', 'TREN', 'Revocations', 'trent'],
  ['team', 'Search by name or email address', 'DANA', 'Accounts', 'Dana'],
  ['account', 'Search by name', 'NOTH', 'Personal access tokens', 'another'],
])(
  'on the page of %s, “%s” finds what contains %s, and says so when nothing matches',
  async (place, field, part, list, found) => {
    const page = await dashboard.logIn(operations.pages.get(place))
    const rows = page.getByRole('region', { name: list, exact: true }).locator('tbody tr')
    await expect.poll(() => rows.count(), PATIENCE).toBeGreaterThan(1)
    await page.getByRole('searchbox', { name: field }).fill(part)
    await expect.poll(() => rows.count(), PATIENCE).toBe(1)
    expect(await rows.innerText()).toContain(found)
    await page.reload()
    await expect.poll(() => rows.count(), PATIENCE).toBe(1)
    await page.getByRole('searchbox', { name: field }).fill('none is called so')
    await expect.poll(() => rows.count(), PATIENCE).toBe(0)
    expect(
      await page
        .getByText(/^No matching /)
        .first()
        .isVisible(),
    ).toBe(true)
  },
)

it('rotation and advice consider every signing key, whatever the search', async () => {
  const page = await dashboard.logIn(`${operations.pages.get('authentication')}?search=another`)
  const rows = page.getByRole('region', { name: 'Signing keys' }).locator('tbody tr')
  await expect.poll(() => rows.count(), PATIENCE).toBe(1)
  await page.getByRole('button', { name: 'Rotate' }).click()
  await page.getByRole('combobox', { name: 'Secret to replace' }).click()
  await page.getByRole('option', { name: operations.shop.keyId }).waitFor()
})
