import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { Dashboard, OWNER } from '../fixtures/dashboard.fixture.ts'
import { type Seeded, seed } from '../fixtures/seed.fixture.ts'

const FOLDER = fileURLToPath(new URL('../../../docs/screenshots', import.meta.url))
const SIZE = { width: 1200, height: 800 }
// What was made within the same second stands in an order that is drawn by lot, unless one is asked for.
const IN_ORDER: Readonly<Record<string, string>> = { authentication: '?sort=-sessions', team: '?sort=name' }
const IN_THE_DARK = ['live', 'conversation', 'policy']
/** A picture is another one where any square of it is: an arrow beside a word is noticed, an edge that is drawn a little softer is not. */
const SQUARE = { size: 24, noticeableShare: 0.06 }
/** Pictures are replaced if they differ, or all with STAGEDOOR_PICTURES=all, and none with STAGEDOOR_PICTURES=none. */
const WHICH = process.env['STAGEDOOR_PICTURES'] ?? 'changed'

const dashboard = Dashboard.forTests()
let operations: Seeded

beforeAll(async () => {
  operations = await seed(dashboard)
  mkdirSync(FOLDER, { recursive: true })
})
afterAll(() => {
  for (const { socket } of operations.sessions) socket.terminate()
})

it.skipIf(WHICH === 'none')(
  'each page has its picture in the documentation',
  async () => {
    const page = await dashboard.logIn('/keys', OWNER, {
      viewport: SIZE,
      colorScheme: 'light',
      reducedMotion: 'reduce',
    })
    await expect.poll(haveBeenTriedTwice, { timeout: 30_000, interval: 250 }).toBe(true)
    for (const [name, path] of operations.pages) {
      await show(page, `${path}${IN_ORDER[name] ?? ''}`)
      await keep(page, name)
      if (!IN_THE_DARK.includes(name)) continue
      await page.emulateMedia({ colorScheme: 'dark' })
      await page.locator('[data-mantine-color-scheme="dark"]').first().waitFor({ state: 'attached' })
      await keep(page, `${name}-dark`)
      await page.emulateMedia({ colorScheme: 'light' })
    }
    const written = readFileSync(join(FOLDER, '..', 'dashboard.md'), 'utf8')
    for (const name of operations.pages.keys()) expect(written).toContain(`screenshots/${name}.png`)
  },
  120_000,
)

/** The third try of a delivery is minutes away, so from then on its page stands still. */
async function haveBeenTriedTwice(): Promise<boolean> {
  const path = `/keys/${operations.shop.apiKey}/webhooks/${operations.endpointId}/deliveries`
  const { items } = await dashboard.ask<{ items: readonly { tries: number }[] }>('GET', path)
  return items.length > 0 && items.every(({ tries }) => tries === 2)
}

async function show(page: Page, path: string): Promise<void> {
  await dashboard.goTo(page, path)
  await page.waitForFunction(
    () => document.querySelector('[role="status"]')?.textContent?.includes('connecting') !== true,
  )
  await page.waitForTimeout(500)
}

/** Keeps the picture of a page, unless there is one that looks the same. */
async function keep(page: Page, name: string): Promise<void> {
  await page.evaluate(standStill, [operations.shop.apiKey, operations.refusalId, operations.endpointId, dashboard.url])
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  const path = join(FOLDER, `${name}.png`)
  const before = existsSync(path) ? readFileSync(path) : undefined
  if (WHICH !== 'all' && before !== undefined && !(await differ(page, before, picture))) return
  writeFileSync(path, picture)
}

/** Runs in the page: puts the same in the place of all that is drawn by lot or told by the clock. */
function standStill([apiKey = '', refusalId = '', endpointId = '', url = '']: readonly string[]): void {
  const keyIds: string[] = []
  const keyIdOf = (keyId: string) => {
    if (!keyIds.includes(keyId)) keyIds.push(keyId)
    const at = keyIds.indexOf(keyId)
    return `kid_${'0123456789abcdef'.slice(at)}${'0123456789abcdef'.slice(0, at)}`
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    const before = node.nodeValue ?? ''
    const after = before
      .replaceAll(apiKey, 'key_0123456789abcdef01234567')
      .replaceAll(refusalId, 'rf_01234567-89ab-cdef-0123-456789abcdef')
      .replaceAll(endpointId, 'we_0123456789abcdef')
      .replaceAll(url, 'https://rtc.example.com')
      .replaceAll(/kid_[0-9a-f]{16}/g, keyIdOf)
      .replaceAll(
        /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g,
        '01234567-89ab-cdef-0123-456789abcdef',
      )
      .replaceAll(/\b(acc|pat)_[0-9a-f]{16}\b/g, '$1_0123456789abcdef')
      .replaceAll(/^\d×$/g, '3×')
      .replaceAll(/after \d+ ms/g, 'after 2 ms')
      .replaceAll(/^\d+ seconds? ago$|^now$/g, '1 minute ago')
    if (after !== before) node.nodeValue = after
  }
  for (const time of document.querySelectorAll('time')) {
    // What is due now is so a moment later no more.
    const isAhead = Date.parse(time.dateTime) > Date.now() || time.parentElement?.textContent?.startsWith('again')
    time.textContent = isAhead ? 'in 59 minutes' : '1 minute ago'
  }
}

/** Whether they look different anywhere but in charts, which move with the time of the day. */
function differ(page: Page, one: Buffer, other: Buffer): Promise<boolean> {
  return page.evaluate(
    async ({ pictures, size, noticeableShare }) => {
      const charts = [...document.querySelectorAll('.recharts-wrapper')].map((chart) => chart.getBoundingClientRect())
      const points = async (picture: string) => {
        const bytes = Uint8Array.from(atob(picture), (char) => char.charCodeAt(0))
        const bitmap = await createImageBitmap(new Blob([bytes], { type: 'image/png' }))
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
        const context = canvas.getContext('2d')
        context?.drawImage(bitmap, 0, 0)
        return context?.getImageData(0, 0, bitmap.width, bitmap.height).data ?? new Uint8ClampedArray()
      }
      const [before, after] = await Promise.all(pictures.map(points))
      if (before === undefined || after === undefined || before.length !== after.length) return true
      const inSquares = new Map<string, number>()
      for (let at = 0; at < before.length; at += 4) {
        if ([0, 1, 2].every((part) => Math.abs((before[at + part] ?? 0) - (after[at + part] ?? 0)) <= 32)) continue
        const [x, y] = [(at / 4) % innerWidth, Math.floor(at / 4 / innerWidth)]
        if (charts.some(({ left, right, top, bottom }) => x >= left && x < right && y >= top && y < bottom)) continue
        const square = `${Math.floor(x / size)} ${Math.floor(y / size)}`
        inSquares.set(square, (inSquares.get(square) ?? 0) + 1)
      }
      return [...inSquares.values()].some((different) => different > noticeableShare * size * size)
    },
    { pictures: [one.toString('base64'), other.toString('base64')], ...SQUARE },
  )
}
