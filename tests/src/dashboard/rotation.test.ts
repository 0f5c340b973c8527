import type { Locator, Page } from 'playwright-core'
import { beforeAll, expect, it } from 'vitest'
import { Dashboard } from '../fixtures/dashboard.fixture.ts'
import { type RawClient, register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const PATIENCE = { timeout: 10_000 }

const dashboard = Dashboard.forTests()
let shop: Made

beforeAll(async () => {
  shop = await dashboard.makeKey('Shop')
})

async function enter(id: string, key: Made): Promise<RawClient> {
  const { client, answer } = await register(dashboard.url, key.apiKey, id, dashboard.mint(key, id))
  expect(answer.type).toBe('registered')
  return client
}

async function outcomeOf(id: string, key: Made): Promise<string> {
  const { client, answer } = await register(dashboard.url, key.apiKey, id, dashboard.mint(key, id))
  client.socket.close(1000)
  return answer.type === 'refused' ? answer.code : answer.type
}

function rowOf(page: Page, keyId: string): Locator {
  return page.getByRole('row').filter({ hasText: keyId })
}

async function choose(page: Page, keyId: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${keyId}` }).click()
  await page.getByRole('menuitem', { name: action }).click()
}

async function isOpen({ socket }: RawClient): Promise<boolean> {
  await new Promise((wait) => setTimeout(wait, 500))
  return socket.readyState === socket.OPEN
}

it('a secret is rotated while both are in use, and retiring the old one refuses registrations but closes no session', async () => {
  const onOld = await enter('alice', shop)
  const page = await dashboard.logIn(`/keys/${shop.apiKey}/authentication`)
  await expect.poll(() => rowOf(page, shop.keyId).innerText(), PATIENCE).toMatch(/active\s+1\s/i)

  await page.getByRole('button', { name: 'Rotate' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Create new secret', exact: true }).click()
  const lines = await dialog.getByTestId('secret-once').innerText()
  const secret = /SECRET=(.+)/.exec(lines)?.[1] ?? ''
  dashboard.watch.keepSecret(secret)
  await dialog.getByRole('button', { name: 'My back end uses the new secret' }).click()
  expect(await dialog.getByText(secret).count()).toBe(0)

  const useOfNew = dialog.getByRole('status', { name: /^New:/ })
  const useOfOld = dialog.getByRole('status', { name: /^Old:/ })
  await expect.poll(() => useOfNew.innerText(), PATIENCE).toMatch(/0\s+live sessions/)
  await dialog.getByText('No token signed with the new secret has been used yet').waitFor()
  const keyId = /^New: (\S+)/.exec(await useOfNew.innerText())?.[1] ?? ''
  const fresh = { apiKey: shop.apiKey, keyId, secret }
  const onNew = await enter('bob', fresh)
  await expect.poll(() => useOfNew.innerText(), PATIENCE).toMatch(/1\s+live session/)
  expect(await useOfOld.innerText()).toMatch(/1\s+live session/)
  await dialog.getByText('Tokens signed with the new secret are in use').waitFor()

  await dialog.getByRole('combobox', { name: 'Retire the old secret' }).click()
  await page.getByRole('option', { name: 'Now' }).click()
  await dialog.getByRole('button', { name: 'Retire old secret' }).click()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect.poll(() => rowOf(page, shop.keyId).innerText(), PATIENCE).toMatch(/retired\s+1\s+in use/i)
  expect(await outcomeOf('carol', shop)).toBe('token_invalid')
  expect(await outcomeOf('carol', fresh)).toBe('registered')
  expect(await isOpen(onOld)).toBe(true)

  // Its retirement is canceled, and its tokens stay valid.
  await choose(page, keyId, 'Retire')
  await page.getByRole('dialog').getByRole('button', { name: 'Retire', exact: true }).click()
  await expect.poll(() => rowOf(page, keyId).innerText(), PATIENCE).toMatch(/retiring/i)
  await choose(page, keyId, 'Cancel retirement')
  await page.getByText(`Retirement of ${keyId} canceled.`).waitFor()
  await expect.poll(() => rowOf(page, keyId).innerText(), PATIENCE).toMatch(/active/i)

  // Revoked: it is refused, and its session ends; that of the other secret does not.
  await choose(page, keyId, 'Revoke')
  await page
    .getByRole('dialog')
    .getByText(/^1 of \d+ would end now/)
    .waitFor()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click()
  await onNew.closed
  expect(await outcomeOf('bob', fresh)).toBe('token_invalid')
  expect(await isOpen(onOld)).toBe(true)
  onOld.socket.close(1000)
})
