import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, beforeEach, expect, it } from 'vitest'
import { shareOfColour } from '../fixtures/browser.fixture.ts'
import { Dashboard } from '../fixtures/dashboard.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const PATIENCE = { timeout: 15_000, interval: 100 }

const dashboard = Dashboard.forTests()
let shop: Made
let outside: BrowserContext

beforeAll(async () => {
  shop = await dashboard.makeKey('Shop')
})
beforeEach(async () => {
  outside = await dashboard.newBrowser()
})

/** Joins a conversation on a page, with a token that the user's back end minted. */
async function enter(id: string, token = dashboard.mint(shop, id)): Promise<Page> {
  const page = await outside.newPage()
  await page.goto('/demo/?conversation=stage')
  await page.getByTestId('name').fill(id)
  await page.getByText('Use your own token').click()
  await page.getByTestId('api-key').fill(shop.apiKey)
  await page.getByTestId('user-id').fill(id)
  await page.getByTestId('token').fill(token)
  await page.getByTestId('join').click()
  await page.getByTestId('leave').waitFor()
  return page
}

function liveSessions(page: Page) {
  return page.getByRole('region', { name: 'Live sessions' })
}

function tileOf(page: Page, id: string) {
  return page.locator(`[data-testid="tile"][data-user-id="${id}"]`)
}

it('sessions appear and disappear without a reload, and a banned user is notified and stays out', async () => {
  const page = await dashboard.logIn(`/keys/${shop.apiKey}/live`)
  await page.getByText('No live sessions').waitFor()
  const token = dashboard.mint(shop, 'alice')
  const [alice, bob] = [await enter('alice', token), await enter('bob')]
  for (const id of ['alice', 'bob']) {
    await expect.poll(() => liveSessions(page).getByRole('button', { name: id }).count(), PATIENCE).toBe(1)
  }
  expect(await page.getByText('2 sessions').count()).toBe(1)
  await bob.getByTestId('leave').click()
  await expect.poll(() => liveSessions(page).getByRole('button', { name: 'bob' }).count(), PATIENCE).toBe(0)

  await liveSessions(page).getByRole('button', { name: 'alice' }).click()
  const drawer = page.getByRole('dialog', { name: 'alice' })
  await drawer.getByRole('button', { name: 'Close and ban' }).click()
  await page
    .getByRole('dialog', { name: 'Close alice’s session and ban?' })
    .getByRole('button', { name: 'Close and ban' })
    .click()
  await expect
    .poll(() => alice.getByTestId('refusal').innerText(), PATIENCE)
    .toMatch(/closed by an administrator|revoked/)
  await page.getByText('This session has ended.').waitFor()
  const { answer } = await register(dashboard.url, shop.apiKey, 'alice', token)
  expect(answer).toMatchObject({ type: 'refused', code: 'token_revoked' })
})

it('the number of sessions is not shown before it is known', async () => {
  const page = await dashboard.logIn('/keys')
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  await page.route(/\/sessions\?/, async (route) => {
    await arrived
    await route.continue()
  })
  await page.goto(`/dashboard/keys/${shop.apiKey}/live`)
  await page.getByText('Loading…').waitFor()
  expect(await page.getByText('0 sessions').count()).toBe(0)
  arrive()
  await page.getByText('0 sessions').waitFor()
})

it('a conversation is drawn with its subscriptions, and its owner announces, mutes and ejects', async () => {
  const page = await dashboard.logIn(`/keys/${shop.apiKey}/live?view=conversations`)
  const [carol, bob] = [await enter('carol'), await enter('bob')]
  await expect.poll(() => shareOfColour(bob, 'carol'), PATIENCE).toBeGreaterThan(0.2)
  await expect.poll(() => shareOfColour(carol, 'bob'), PATIENCE).toBeGreaterThan(0.2)
  for (const id of ['bob', 'carol']) {
    const { width = 0, height = 0 } = (await tileOf(bob, id).boundingBox()) ?? {}
    expect(width / height).toBeGreaterThan(1.2)
  }
  await page.getByRole('link', { name: 'stage', exact: true }).click()
  await page.getByRole('img', { name: 'Participants: 2. Publishers: 2. Subscriptions: 2.' }).waitFor()
  expect(await page.locator('main svg line').count()).toBe(2)

  const said = 'The show begins'
  await page.getByRole('textbox', { name: 'Message' }).fill(said)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.getByText('Sent to 2 participants.').waitFor()
  for (const member of [bob, carol]) {
    await expect.poll(() => member.getByTestId('chat-log').innerText(), PATIENCE).toContain(said)
  }

  await page.getByRole('button', { name: 'Turn off carol’s camera' }).click()
  await expect.poll(() => tileOf(bob, 'carol').getAttribute('class'), PATIENCE).toContain('dark')
  await expect.poll(() => shareOfColour(bob, 'carol'), PATIENCE).toBeLessThan(0.05)
  const publishedByCarol = page
    .getByRole('region', { name: 'Participants' })
    .getByRole('row')
    .filter({ hasText: 'carol' })
  await expect.poll(() => publishedByCarol.innerText(), PATIENCE).toContain('Audio, video muted')
  await page.getByRole('button', { name: 'Mute carol' }).click()
  await expect.poll(() => tileOf(bob, 'carol').getAttribute('class'), PATIENCE).toContain('silent')
  await expect.poll(() => publishedByCarol.innerText(), PATIENCE).toContain('Audio muted, video muted')

  await page.getByRole('button', { name: 'Eject bob' }).click()
  await page.getByRole('dialog', { name: 'Eject bob from stage?' }).getByRole('button', { name: 'Eject' }).click()
  await expect.poll(() => bob.getByTestId('refusal').innerText(), PATIENCE).toContain('removed from the conversation')
  // Removal is the only message.
  expect(await bob.getByTestId('status').innerText()).toBe('')
  await expect.poll(() => tileOf(carol, 'bob').count(), PATIENCE).toBe(0)
  await page.getByRole('img', { name: /^Participants: 1\./ }).waitFor()
  // The page asks for a conversation that has ended, and says so.
  dashboard.watch.tolerate(/^404 GET \/api\/v1\/keys\/\w+\/conversations\/stage$/)
  await carol.getByTestId('leave').click()
  await page.getByText('This conversation has ended').waitFor()
})
