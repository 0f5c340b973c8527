import { AccessToken } from '@stagedoor/access-token'
import { REFUSAL_MESSAGES } from '@stagedoor/protocol'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  type Browser,
  framesDecoded,
  openBrowser,
  shareOfColour,
  stageChanges,
  watchStage,
} from '../fixtures/browser.fixture.ts'
import { becomeOwner } from '../fixtures/owner.fixture.ts'
import { makeFolder, type RunningPlatform, stagedoorJson, startPlatform } from '../fixtures/platform.fixture.ts'
import { layCable } from './cable.fixture.ts'

const PATIENCE = { timeout: 30_000, interval: 250 }

const folder = makeFolder()
let platform: RunningPlatform
let browser: Browser
let key: { readonly apiKey: string; readonly secret: string }

beforeAll(async () => {
  key = await stagedoorJson(['key', 'create', '--name', 'Shop'], folder.path)
  // Not --dev: the pages are told what strangers are told.
  platform = await startPlatform(folder.path, '--demo')
  browser = await openBrowser()
})
afterAll(async () => {
  await browser.close()
  await platform.stop()
  folder.remove()
})
afterEach(async () => {
  for (const page of browser.context.pages().slice(1)) await page.close()
})

function mint(id: string, options: ConstructorParameters<typeof AccessToken>[2] = {}, secret = key.secret): string {
  return new AccessToken(key.apiKey, secret, { apiRTC_UserAgent_Id: id, ...options }).toJwt()
}

async function open(room: string): Promise<Page> {
  const page = await browser.context.newPage()
  await page.goto(`${platform.url}/demo/?conversation=${room}`)
  return page
}

/** Fills in the form with a token of one's own, and submits it. */
async function attempt(room: string, id: string, token: string): Promise<Page> {
  const page = await open(room)
  await page.getByTestId('name').fill(id)
  await page.getByText('Use your own token').click()
  await page.getByTestId('api-key').fill(key.apiKey)
  await page.getByTestId('user-id').fill(id)
  await page.getByTestId('token').fill(token)
  await page.getByTestId('join').click()
  return page
}

async function enter(room: string, id: string, token = mint(id)): Promise<Page> {
  const page = await attempt(room, id, token)
  await page.getByTestId('leave').waitFor()
  return page
}

function tileOf(page: Page, id: string) {
  return page.locator(`[data-testid="tile"][data-user-id="${id}"]`)
}

async function refusalOf(page: Page): Promise<string> {
  const refusal = page.getByTestId('refusal')
  await refusal.waitFor()
  return refusal.innerText()
}

describe('two browsers with minted tokens', () => {
  it('see and hear each other in one conversation, and a third comes and goes', async () => {
    const [alice, bob] = [await enter('a', 'alice'), await enter('a', 'bob')]
    for (const [page, other] of [
      [alice, 'bob'],
      [bob, 'alice'],
    ] as const) {
      await expect.poll(() => framesDecoded(page), PATIENCE).toBeGreaterThan(10)
      await expect.poll(() => shareOfColour(page, other), PATIENCE).toBeGreaterThan(0.2)
    }

    const carol = await enter('a', 'carol')
    await expect.poll(() => shareOfColour(carol, 'alice'), PATIENCE).toBeGreaterThan(0.2)
    await expect.poll(() => shareOfColour(alice, 'carol'), PATIENCE).toBeGreaterThan(0.2)
    await expect.poll(() => tileOf(bob, 'carol').count(), PATIENCE).toBe(1)

    await carol.getByTestId('leave').click()
    await expect.poll(() => tileOf(alice, 'carol').count(), PATIENCE).toBe(0)
    await expect.poll(() => tileOf(bob, 'carol').count(), PATIENCE).toBe(0)
    const before = await framesDecoded(alice)
    await expect.poll(() => framesDecoded(alice), PATIENCE).toBeGreaterThan(before)
  })

  it('talk, and what is said is text and nothing else', async () => {
    const [alice, bob] = [await enter('talk', 'alice'), await enter('talk', 'bob')]
    await tileOf(alice, 'bob').waitFor()
    const said = '<img src=x onerror="document.title=\'run\'"> hello'
    await alice.getByTestId('chat-input').fill(said)
    await alice.getByTestId('chat-input').press('Enter')
    await expect.poll(() => bob.getByTestId('chat-log').innerText(), PATIENCE).toContain(said)
    expect(await bob.title()).not.toBe('run')
  })

  it('hear the host of the platform, who mutes one and takes the other out', async () => {
    const ask = await becomeOwner(platform, folder.path)
    const [alice, bob] = [await enter('hosted', 'alice'), await enter('hosted', 'bob')]
    await expect.poll(() => shareOfColour(bob, 'alice'), PATIENCE).toBeGreaterThan(0.2)
    const path = `/keys/${key.apiKey}/conversations/hosted`
    expect((await ask('POST', `${path}/messages`, { text: 'The show begins' })).body).toEqual({ heardBy: 2 })
    for (const page of [alice, bob]) {
      await expect.poll(() => page.getByTestId('chat-log').innerText(), PATIENCE).toContain('The show begins')
    }

    const { members, streams } = (await ask('GET', path)).body
    const sessionOf = (id: string) => members.find(({ userId }: { userId: string }) => userId === id).sessionId
    const { streamId } = streams.find(({ publisher }: { publisher: string }) => publisher === sessionOf('alice'))
    const muted = { sessionId: sessionOf('alice'), streamId, audio: true, video: true }
    expect((await ask('POST', `${path}/mute`, muted)).status).toBe(200)
    await expect.poll(() => tileOf(bob, 'alice').getAttribute('class'), PATIENCE).toContain('dark')
    // Not said alone: the picture that arrives is black.
    await expect.poll(() => shareOfColour(bob, 'alice'), PATIENCE).toBeLessThan(0.05)

    expect((await ask('POST', `${path}/eject`, { sessionId: sessionOf('bob'), ban: 'tokens' })).status).toBe(200)
    await expect.poll(() => tileOf(alice, 'bob').count(), PATIENCE).toBe(0)
    await bob.getByTestId('leave').waitFor({ state: 'hidden' })
  })

  it('see a camera that is switched off as that', async () => {
    const [alice, bob] = [await enter('mute', 'alice'), await enter('mute', 'bob')]
    await expect.poll(() => shareOfColour(bob, 'alice'), PATIENCE).toBeGreaterThan(0.2)
    await alice.getByTestId('camera').click()
    await expect.poll(() => tileOf(bob, 'alice').getAttribute('class'), PATIENCE).toContain('dark')
    await alice.getByTestId('microphone').click()
    await expect.poll(() => tileOf(bob, 'alice').getAttribute('class'), PATIENCE).toContain('silent')
  })

  it('stay together when the network of one is cut: the other notices nothing, and nothing that is said is lost', async () => {
    const cable = await layCable(platform.url)
    const bob = await enter('cut', 'bob')
    const alice = await browser.context.newPage()
    await alice.goto(`${cable.url}/demo/?conversation=cut`)
    await alice.getByTestId('name').fill('alice')
    await alice.route('**/demo/token', (route) =>
      route.fulfill({ json: { apiKey: key.apiKey, id: 'alice', token: mint('alice') } }),
    )
    await alice.getByTestId('join').click()
    await expect.poll(() => shareOfColour(bob, 'alice'), PATIENCE).toBeGreaterThan(0.2)
    await watchStage(bob)
    cable.cut()
    await alice.getByText('Connection lost').waitFor()
    await bob.getByTestId('chat-input').fill('still there?')
    await bob.getByTestId('chat-input').press('Enter')
    await expect.poll(() => alice.getByTestId('chat-log').innerText(), PATIENCE).toContain('still there?')
    await alice.getByText('Reconnected.').waitFor()
    const before = await framesDecoded(bob)
    await expect.poll(() => framesDecoded(bob), PATIENCE).toBeGreaterThan(before + 5)
    expect(await stageChanges(bob)).toBe(0)
    cable.close()
  })

  it('find each other again after the platform was restarted', async () => {
    const elsewhere = makeFolder()
    const other = await startPlatform(elsewhere.path, '--demo')
    const port = new URL(other.url).port
    const [alice, bob] = [await browser.context.newPage(), await browser.context.newPage()]
    for (const [page, id] of [
      [alice, 'alice'],
      [bob, 'bob'],
    ] as const) {
      await page.goto(`${other.url}/demo/?conversation=again`)
      await page.getByTestId('name').fill(id)
      await page.getByTestId('join').click()
    }
    await expect.poll(() => shareOfColour(alice, 'bob'), PATIENCE).toBeGreaterThan(0.2)
    await other.stop('SIGKILL')
    const again = await startPlatform(elsewhere.path, '--demo', '--port', port)
    await expect.poll(() => alice.getByTestId('people').innerText(), PATIENCE).toBe('2 people')
    const before = await framesDecoded(alice)
    await expect.poll(() => framesDecoded(alice), PATIENCE).toBeGreaterThan(before + 10)
    await expect.poll(() => shareOfColour(bob, 'alice'), PATIENCE).toBeGreaterThan(0.2)
    await again.stop()
    elsewhere.remove()
  })
})

describe('a refused page', () => {
  it.each([
    ['a forged token', (id: string) => mint(id, {}, 'not the secret of this API key, by any means'), 'token_invalid'],
    ['an expired token', (id: string) => mint(id, { ttl: 1 }), 'token_expired'],
    ["another user's token", () => mint('somebody else'), 'user_id_mismatch'],
    ['no token', () => '', 'token_missing'],
    ['something that is no token', () => 'a.b.c', 'token_malformed'],
    ['a token for any user', (id: string) => mint(id, { apiRTC_UserAgent_Id: 'ApiKey_Token' }), 'wildcard_refused'],
  ] as const)('with %s, says so in words and never lets it into the conversation', async (_what, tokenFor, code) => {
    const alice = await enter('guarded', 'alice')
    const token = tokenFor('mallory')
    if (code === 'token_expired') await alice.waitForTimeout(1_500)
    const mallory = await attempt('guarded', 'mallory', token)
    const words = await refusalOf(mallory)
    expect(words).toContain(REFUSAL_MESSAGES[code])
    expect(words).toContain(code)
    expect(words).toMatch(/rf_[0-9a-f-]{36}/)
    expect(await mallory.getByTestId('leave').isVisible()).toBe(false)
    expect(await alice.getByTestId('people').innerText()).toBe('Only you')
    expect(await tileOf(alice, 'mallory').count()).toBe(0)

    const [explained] = await Promise.all([
      browser.context.waitForEvent('page'),
      mallory.getByRole('link', { name: 'What this means' }).click(),
    ])
    await explained.waitForLoadState()
    expect(await explained.locator('h1').innerText()).toBe(code)
  })

  it('lets a token for one conversation into that one and no other', async () => {
    const conversations = [
      { name: 'one', role: 'contributor', publish: ['audio', 'video', 'screen', 'data'], subscribe: true } as const,
    ]
    const alice = await enter('other', 'alice')
    const bob = await attempt('other', 'bob', mint('bob', { conversations }))
    expect(await refusalOf(bob)).toContain('conversation_not_granted')
    expect(await alice.getByTestId('people').innerText()).toBe('Only you')
    await bob.close()
    await enter('one', 'bob', mint('bob', { conversations }))
  })

  it('cuts a session at the end of its token, five seconds on', async () => {
    const alice = await enter('short', 'alice')
    const started = Date.now()
    const bob = await enter('short', 'bob', mint('bob', { ttl: 5 }))
    await tileOf(alice, 'bob').waitFor()
    expect(await refusalOf(bob)).toContain('token expired')
    expect(Date.now() - started).toBeGreaterThan(3_500)
    expect(Date.now() - started).toBeLessThan(8_000)
    await expect.poll(() => tileOf(alice, 'bob').count(), PATIENCE).toBe(0)
  })

  it('lets a session with such tokens go on across their ends as long as it brings fresh ones', async () => {
    const alice = await enter('long', 'alice')
    const bob = await open('long')
    let given = 0
    await bob.route('**/demo/token', (route) => {
      given++
      return route.fulfill({ json: { apiKey: key.apiKey, id: 'bob', token: mint('bob', { ttl: 5 }) } })
    })
    await bob.getByTestId('name').fill('bob')
    await bob.getByTestId('join').click()
    await tileOf(alice, 'bob').waitFor()
    await bob.waitForTimeout(11_000)
    expect(given).toBeGreaterThanOrEqual(3)
    expect(await bob.getByTestId('leave').isVisible()).toBe(true)
    const before = await framesDecoded(bob)
    await expect.poll(() => framesDecoded(bob), PATIENCE).toBeGreaterThan(before)
  })

  it('puts no token into the address, and the page keeps none', async () => {
    const page = await enter('a', 'alice')
    const token = mint('alice').split('.')[0] ?? ''
    const kept = await page.evaluate(() =>
      JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, document.cookie]),
    )
    expect(kept).not.toContain(token)
    expect(platform.output()).not.toContain(token)
  })
})
