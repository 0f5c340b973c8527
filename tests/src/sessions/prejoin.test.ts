import type { BrowserContext, Browser as Chromium, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { violationsOn } from '../fixtures/axe.fixture.ts'
import {
  framesDecoded,
  keepPeerConnections,
  launchBrowser,
  shareOfColour,
  stageChanges,
  watchStage,
} from '../fixtures/browser.fixture.ts'
import { makeFolder, type RunningPlatform, startPlatform } from '../fixtures/platform.fixture.ts'
import { layCable } from './cable.fixture.ts'
import { chosenOn, inUse, keepDevices, levelOn, loudestOn, optionsOf, unplug } from './own-devices.fixture.ts'

const PATIENCE = { timeout: 30_000, interval: 250 }
// The second camera is one of depths, whose pictures cannot be sent: the tests take the first and the last.
const DEVICES = '--use-fake-device-for-media-stream=device-count=3'
const VIEWPORTS = [
  { width: 1280, height: 800 },
  { width: 375, height: 667 },
  { width: 667, height: 375 },
]

const folder = makeFolder()
let platform: RunningPlatform
let chromium: Chromium
const faults: string[] = []

beforeAll(async () => {
  platform = await startPlatform(folder.path, '--demo')
  // Another name for this machine, from which a page is not in a secure context.
  chromium = await launchBrowser([DEVICES, '--host-resolver-rules=MAP elsewhere.test 127.0.0.1'])
})
afterAll(async () => {
  await chromium?.close()
  await platform?.stop()
  folder.remove()
})
afterEach(async () => {
  for (const context of chromium.contexts()) await context.close()
  // A violation of the content security policy is one, too.
  expect(faults.splice(0)).toEqual([])
})

async function newContext(options: Parameters<Chromium['newContext']>[0] = {}): Promise<BrowserContext> {
  const context = await chromium.newContext(options)
  await context.addInitScript(keepPeerConnections)
  await context.addInitScript(keepDevices)
  context.on('weberror', (error) => faults.push(error.error().message))
  context.on('console', (message) => {
    // Chromium says so of a lost connection, and of an origin that is not secure.
    const isExpected = /^(WebSocket connection|The Cross-Origin-Opener-Policy header has been ignored)/
    if (message.type() === 'error' && !isExpected.test(message.text())) faults.push(message.text())
  })
  return context
}

async function open(query: string, context?: BrowserContext, origin = platform.url): Promise<Page> {
  const page = await (context ?? (await newContext())).newPage()
  await page.goto(`${origin}/demo/?${query}`)
  return page
}

/** Opens a link that names the user, and joins. */
async function enter(conversation: string, name: string): Promise<Page> {
  const page = await open(`conversation=${conversation}&name=${name}`)
  await page.getByTestId('preview-video').waitFor()
  await page.getByTestId('join').click()
  await page.getByTestId('leave').waitFor()
  return page
}

function tileOf(page: Page, id: string) {
  return page.locator(`[data-testid="tile"][data-user-id="${id}"]`)
}

describe('before joining', () => {
  it('the page shows the own camera and the level of the microphone, and both can be turned off', async () => {
    const page = await open('conversation=a')
    await page.getByTestId('preview-video').waitFor()
    await expect
      .poll(
        () => page.getByTestId('preview-video').evaluate((video) => (video as HTMLVideoElement).videoWidth),
        PATIENCE,
      )
      .toBeGreaterThan(0)
    // The fake microphone beeps.
    await expect.poll(() => levelOn(page), { timeout: 30_000, interval: 50 }).toBeGreaterThan(0.3)

    await page.getByTestId('preview-microphone').click()
    await expect.poll(() => levelOn(page), PATIENCE).toBe(0)
    expect(await loudestOn(page, 2_500)).toBe(0)
    await page.getByTestId('preview-camera').click()
    expect(await page.getByTestId('preview-message').innerText()).toBe('Camera is off')
    expect(await page.getByTestId('preview-video').isVisible()).toBe(false)

    await page.getByTestId('name').fill('alice')
    await page.getByTestId('join').click()
    await tileOf(page, 'alice').and(page.locator('.dark.silent')).waitFor()
    expect(await page.getByTestId('camera').getAttribute('aria-pressed')).toBe('false')
    expect(await page.getByTestId('microphone').getAttribute('aria-pressed')).toBe('false')
  })

  it('the chosen camera and microphone are used in the call, and remembered by their ids only', async () => {
    const context = await newContext()
    const page = await open('conversation=b', context)
    await expect.poll(() => optionsOf(page, 'camera'), PATIENCE).toHaveLength(3)
    const camera = (await optionsOf(page, 'camera')).at(-1) ?? ''
    const microphone = (await optionsOf(page, 'microphone')).at(-1) ?? ''
    await page.getByTestId('pick-camera').selectOption({ label: camera })
    await page.getByTestId('pick-microphone').selectOption({ label: microphone })
    await expect.poll(() => inUse(page), PATIENCE).toEqual([camera, microphone])
    const kept = await page.evaluate(() => ({ ...localStorage }))
    expect(Object.keys(kept).sort()).toEqual(['stagedoor-demo.camera', 'stagedoor-demo.microphone'])
    for (const id of Object.values(kept)) expect(id).toMatch(/^[0-9a-f]{64}$/)

    await page.reload()
    await expect.poll(() => inUse(page).then((labels) => labels.sort()), PATIENCE).toEqual([microphone, camera].sort())
    expect(await chosenOn(page, 'camera')).toBe(camera)
    await page.getByTestId('name').fill('alice')
    await page.getByTestId('join').click()
    await page.getByTestId('leave').waitFor()
    expect((await inUse(page)).sort()).toEqual([microphone, camera].sort())
  })

  it('a remembered device that does not exist any more is replaced by another', async () => {
    const context = await newContext()
    await context.addInitScript(() => {
      // The empty page before has no storage.
      if (location.protocol === 'about:') return
      localStorage.setItem('stagedoor-demo.camera', 'gone')
      localStorage.setItem('stagedoor-demo.microphone', 'gone')
    })
    const page = await open('conversation=c', context)
    await expect.poll(() => inUse(page), PATIENCE).toHaveLength(2)
  })

  it('a link that names the user joins with one click, or with Enter', async () => {
    const page = await open('conversation=d&name=alice')
    const button = page.getByRole('button', { name: 'Join as alice' })
    await button.click()
    await page.getByTestId('leave').waitFor()
    expect(await tileOf(page, 'alice').count()).toBe(1)

    const bob = await open('conversation=d&name=bob')
    expect(await bob.getByTestId('join').innerText()).toBe('Join as bob')
    await bob.keyboard.press('Enter')
    await tileOf(page, 'bob').waitFor()
  })

  it('a user who blocks camera and microphone reads so, and joins without', async () => {
    const denying = await launchBrowser(['--use-fake-ui-for-media-stream=deny'])
    try {
      const page = await denying.newPage()
      await page.goto(`${platform.url}/demo/?conversation=e&name=alice`)
      await expect
        .poll(() => page.getByTestId('media-problem').innerText(), PATIENCE)
        .toBe(
          'The browser blocked access to your camera or microphone. Allow it in the site settings next to the address, or join without them.',
        )
      await joinWithout(page)
    } finally {
      await denying.close()
    }
  })

  it('a user without camera and microphone reads so, and joins without', async () => {
    const bare = await launchBrowser(['--use-fake-device-for-media-stream=device-count=0'])
    try {
      const page = await bare.newPage()
      await page.addInitScript(() => {
        // Chromium always makes up a microphone.
        const { mediaDevices } = navigator
        const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices)
        mediaDevices.getUserMedia = (constraints) =>
          constraints?.audio ? Promise.reject(new DOMException('', 'NotFoundError')) : getUserMedia(constraints)
      })
      await page.goto(`${platform.url}/demo/?conversation=f&name=alice`)
      await expect
        .poll(() => page.getByTestId('media-problem').innerText(), PATIENCE)
        .toBe('No camera or microphone found. Connect one, or join without them.')
      await joinWithout(page)
    } finally {
      await bare.close()
    }
  })

  it('on a page that is not in a secure context the reason is given, and the user joins without', async () => {
    const page = await open('conversation=g&name=alice', undefined, platform.url.replace('127.0.0.1', 'elsewhere.test'))
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    expect(await page.getByTestId('media-problem').innerText()).toContain('only to pages served over HTTPS')
    await joinWithout(page)
  })

  async function joinWithout(page: Page): Promise<void> {
    expect(await page.getByTestId('pick-camera').isDisabled()).toBe(true)
    await page.getByTestId('join').click()
    await page.getByTestId('leave').waitFor()
    await tileOf(page, 'alice').and(page.locator('.dark')).waitFor()
    expect(await page.getByTestId('status').innerText()).toMatch(/camera or microphone/)
  }

  it('nothing is captured or measured after the call, until the user starts the preview', async () => {
    const page = await enter('h', 'alice')
    await expect.poll(() => inUse(page), PATIENCE).toHaveLength(2)
    await page.getByTestId('leave').click()
    await page.getByTestId('join').waitFor()
    expect(await inUse(page)).toEqual([])
    expect(await levelOn(page)).toBe(0)
    await page.getByTestId('preview-start').click()
    await expect.poll(() => inUse(page), PATIENCE).toHaveLength(2)
    await page.getByTestId('preview-video').waitFor()
  })
})

describe('in the call', () => {
  it('another camera and microphone replace those in use, and others receive the same stream on', async () => {
    const [alice, bob] = [await enter('switch', 'alice'), await enter('switch', 'bob')]
    await expect.poll(() => shareOfColour(bob, 'alice'), PATIENCE).toBeGreaterThan(0.2)
    await watchStage(bob)
    await alice.getByTestId('device-open').click()
    const dialog = alice.getByTestId('device-dialog')
    await expect.poll(() => levelOn(alice), { timeout: 30_000, interval: 50 }).toBeGreaterThan(0.3)
    const camera = (await optionsOf(alice, 'camera')).at(-1) ?? ''
    const microphone = (await optionsOf(alice, 'microphone')).at(-1) ?? ''
    await dialog.getByLabel('Camera').selectOption({ label: camera })
    await dialog.getByLabel('Microphone', { exact: true }).selectOption({ label: microphone })
    await expect.poll(() => inUse(alice), PATIENCE).toEqual([camera, microphone])
    await expect.poll(() => sentBy(alice), PATIENCE).toEqual([camera, microphone].sort())
    const before = await framesDecoded(bob)
    await expect.poll(() => framesDecoded(bob), PATIENCE).toBeGreaterThan(before + 10)
    expect(await shareOfColour(bob, 'alice')).toBeGreaterThan(0.2)
    expect(await stageChanges(bob)).toBe(0)

    await alice.keyboard.press('Escape')
    await dialog.waitFor({ state: 'hidden' })
    expect(await loudestOn(alice, 2_500)).toBe(0)
    expect(await alice.evaluate(() => document.activeElement?.id)).toBe('device-open')
  })

  it('a microphone that is off stays off when another one is chosen', async () => {
    const [alice, bob] = [await enter('quiet', 'alice'), await enter('quiet', 'bob')]
    await alice.getByTestId('microphone').click()
    await tileOf(bob, 'alice').and(bob.locator('.silent')).waitFor()
    await alice.getByTestId('device-open').click()
    const microphone = (await optionsOf(alice, 'microphone')).at(-1) ?? ''
    await alice.getByTestId('pick-microphone').selectOption({ label: microphone })
    await expect.poll(() => sentBy(alice), PATIENCE).toContain(microphone)
    expect(await alice.evaluate(() => window.captured.at(-1)?.enabled)).toBe(false)
    expect(await tileOf(bob, 'alice').getAttribute('class')).toContain('silent')
  })

  it('the speaker is switched for everyone who is heard, and for those who join later', async () => {
    const [alice] = [await enter('loud', 'alice'), await enter('loud', 'bob')]
    await tileOf(alice, 'bob').waitFor()
    await alice.getByTestId('device-open').click()
    const speaker = (await optionsOf(alice, 'speaker')).at(-1) ?? ''
    await alice.getByTestId('pick-speaker').selectOption({ label: speaker })
    const sinkOf = (id: string) =>
      tileOf(alice, id)
        .locator('video')
        .evaluate((video) => (video as HTMLVideoElement).sinkId)
    const chosen = await alice.getByTestId('pick-speaker').inputValue()
    expect(chosen).not.toBe('')
    await expect.poll(() => sinkOf('bob'), PATIENCE).toBe(chosen)
    await enter('loud', 'carol')
    await tileOf(alice, 'carol').waitFor()
    await expect.poll(() => sinkOf('carol'), PATIENCE).toBe(chosen)
  })

  it('a camera that is unplugged is replaced by another, and the page says so', async () => {
    const [alice, bob] = [await enter('plug', 'alice'), await enter('plug', 'bob')]
    await alice.getByTestId('device-open').click()
    const [first = '', , second = ''] = await optionsOf(alice, 'camera')
    await alice.getByTestId('pick-camera').selectOption({ label: second })
    await alice.keyboard.press('Escape')
    await expect.poll(() => sentBy(alice), PATIENCE).toContain(second)
    await unplug(alice, 'video')
    await alice.getByText(`${second} stopped. Now using ${first}.`).waitFor()
    await expect.poll(() => sentBy(alice), PATIENCE).toContain(first)
    const before = await framesDecoded(bob)
    await expect.poll(() => framesDecoded(bob), PATIENCE).toBeGreaterThan(before + 10)
  })

  it('a camera that is unplugged with no other in reach leaves the microphone on', async () => {
    const [alice, bob] = [await enter('last', 'alice'), await enter('last', 'bob')]
    await expect.poll(() => shareOfColour(bob, 'alice'), PATIENCE).toBeGreaterThan(0.2)
    await alice.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('', 'NotFoundError'))
    })
    await unplug(alice, 'video')
    await alice.getByText(/stopped\. There is no other camera\./).waitFor()
    await tileOf(bob, 'alice').and(bob.locator('.dark')).waitFor()
    expect(await tileOf(bob, 'alice').getAttribute('class')).not.toContain('silent')
    expect(await alice.getByTestId('microphone').getAttribute('aria-pressed')).toBe('true')
  })

  it('a lost connection is shown for as long as it lasts', async () => {
    const cable = await layCable(platform.url)
    const page = await open('conversation=cut&name=alice', undefined, cable.url)
    await page.getByTestId('join').click()
    await page.getByTestId('leave').waitFor()
    cable.cut()
    const state = page.getByTestId('session-state')
    await expect.poll(() => state.innerText(), { ...PATIENCE, interval: 50 }).toBe('Connection lost. Reconnecting…')
    await expect.poll(() => state.innerText(), PATIENCE).toBe('')
    cable.close()
  })

  it('a contact whose media connection is interrupted is marked on the tile', async () => {
    const [alice] = [await enter('media', 'alice'), await enter('media', 'bob')]
    const state = tileOf(alice, 'bob').locator('.media-state')
    await expect.poll(() => framesDecoded(alice), PATIENCE).toBeGreaterThan(10)
    expect(await state.innerText()).toBe('')
    await alice.evaluate(() => {
      for (const connection of window.peerConnections) {
        Object.defineProperty(connection, 'iceConnectionState', { value: 'disconnected', configurable: true })
        connection.dispatchEvent(new Event('iceconnectionstatechange'))
      }
    })
    expect(await state.innerText()).toBe('Reconnecting…')
    await alice.evaluate(() => {
      for (const connection of window.peerConnections) {
        Reflect.deleteProperty(connection, 'iceConnectionState')
        connection.dispatchEvent(new Event('iceconnectionstatechange'))
      }
    })
    expect(await state.innerText()).toBe('')
  })
})

describe.each(VIEWPORTS)('at $width × $height pixels', (viewport) => {
  it.each(['light', 'dark'] as const)('the pages hold to WCAG 2.2 AA in %s colours, and fit', async (colorScheme) => {
    const page = await open('conversation=wcag&name=alice', await newContext({ viewport, colorScheme }))
    await page.getByTestId('preview-video').waitFor()
    await check('lobby')
    await page.getByTestId('device-settings').evaluate((details) => {
      ;(details as HTMLDetailsElement).open = true
    })
    await check('lobby with devices')
    await page.getByTestId('join').click()
    await page.getByTestId('leave').waitFor()
    await check('call')
    for (const id of ['microphone', 'camera', 'device-open', 'leave']) {
      const box = await page.getByTestId(id).boundingBox()
      expect(box?.width).toBeGreaterThanOrEqual(44)
      expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= viewport.width).toBe(true)
      expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(viewport.height)
    }
    await page.getByTestId('device-open').click()
    await check('devices')

    async function check(name: string): Promise<void> {
      expect(await violationsOn(page), name).toEqual([])
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(viewport.width)
    }
  })
})

/** The labels of the devices that a page sends, in order of their names. */
function sentBy(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const senders = window.peerConnections.flatMap((connection) => connection.getSenders())
    return [...new Set(senders.flatMap(({ track }) => track?.label ?? []))].sort()
  })
}
