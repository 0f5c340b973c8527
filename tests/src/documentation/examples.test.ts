import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { afterEach, describe, expect, it } from 'vitest'
import { framesDecoded, openBrowser } from '../fixtures/browser.fixture.ts'
import { Shop } from '../fixtures/shop.fixture.ts'

const EXAMPLES = fileURLToPath(new URL('../../../examples', import.meta.url))
const PATIENCE = { timeout: 30_000, interval: 200 }

const shop = Shop.forTests()
let started: ChildProcess | undefined

afterEach(() => {
  started?.kill()
  started = undefined
})

/** Starts an example by its one command, and answers where its page is. */
function start(name: string, environment: Readonly<Record<string, string>> = {}): Promise<string> {
  const { apiKey: API_KEY, secret: SECRET } = shop.key
  if (name === 'next') installNext()
  const env = { ...process.env, API_KEY, SECRET, STAGEDOOR_URL: shop.platform.url, PORT: '0', ...environment }
  const child = spawn(process.execPath, ['start.mjs'], { cwd: `${EXAMPLES}/${name}`, env })
  started = child
  return new Promise((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk
      const [, address] = /Open (\S+) in two browsers/.exec(output) ?? []
      if (address !== undefined) resolve(address)
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.on('exit', () => reject(new Error(output)))
  })
}

/** Next.js weighs more than everything else together, so it has a folder of packages of its own: its "npm start" begins with this. */
function installNext(): void {
  const install = ['install', '--no-audit', '--no-fund']
  const { status, stderr } = spawnSync('npm', install, { cwd: `${EXAMPLES}/next`, encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

describe.each(['vanilla', 'express', 'fastify', 'hono', 'next'])('the example %s', (name) => {
  it('gives who is signed in a token that the gate admits, and nobody else any', { timeout: 180_000 }, async () => {
    const address = await start(name)
    const ask = (cookie?: string) =>
      fetch(`${address}/token`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(cookie !== undefined && { cookie }) },
        body: '{}',
      })
    expect((await ask()).status).toBe(401)
    const signedIn = await fetch(`${address}/sign-in?name=alice`, { method: 'POST' })
    const cookie = String(signedIn.headers.get('set-cookie')).split(';')[0] ?? ''
    const answer = await ask(cookie)
    expect(answer.status).toBe(200)
    const { id, token } = (await answer.json()) as { id: string; token: string }
    expect([id, await shop.outcomeOf('alice', token)]).toEqual(['alice', 'registered'])
    const page = await (await fetch(address)).text()
    const files = [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))/g)].map(([, path = '']) => path)
    expect(files.length).toBeGreaterThanOrEqual(2)
    for (const path of ['/', ...files]) {
      const file = await (await fetch(`${address}${path}`)).text()
      expect([path, file.length > 0, file.includes(shop.key.secret)]).toEqual([path, true, false])
    }
  })
})

describe.each(['vanilla', 'next'])('the page of the example %s', (name) => {
  it('lets two users see each other', { timeout: 180_000 }, async () => {
    const address = await start(name)
    const browser = await openBrowser()
    try {
      const pages = []
      for (const name of ['alice', 'bob']) {
        const page = await browser.context.newPage()
        // Each is a user of their own: the cookie of the one is not that of the other.
        await page.context().clearCookies()
        await page.goto(address)
        await page.getByLabel('Your name').fill(name)
        await page.getByRole('button', { name: 'Enter' }).click()
        await page.getByText(`You are in as ${name}.`).waitFor()
        pages.push(page)
      }
      for (const page of pages) await expect.poll(() => framesDecoded(page), PATIENCE).toBeGreaterThan(10)
    } finally {
      await browser.close()
    }
  })

  it('says what is missing where there is no secret', async () => {
    await expect(start('vanilla', { SECRET: '' })).rejects.toThrow('Set API_KEY and SECRET')
  })
})
