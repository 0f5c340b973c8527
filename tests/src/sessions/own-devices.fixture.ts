import type { Page } from 'playwright-core'

/** The devices that a page of the demo captures, and what it shows of them. */

declare global {
  interface Window {
    captured: MediaStreamTrack[]
  }
}

/** Keeps the tracks that a page captures. */
export function keepDevices(): void {
  window.captured = []
  const devices = navigator.mediaDevices
  if (devices === undefined) return
  const getUserMedia = devices.getUserMedia.bind(devices)
  devices.getUserMedia = async (constraints) => {
    const media = await getUserMedia(constraints)
    window.captured.push(...media.getTracks())
    return media
  }
}

export function optionsOf(page: Page, kind: string): Promise<string[]> {
  return page.getByTestId(`pick-${kind}`).locator('option').allInnerTexts()
}

export function chosenOn(page: Page, kind: string): Promise<string> {
  return page
    .getByTestId(`pick-${kind}`)
    .evaluate((select) => (select as HTMLSelectElement).selectedOptions[0]?.label ?? '')
}

/** The labels of the devices that the page has captured and not released. */
export function inUse(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    window.captured.filter(({ readyState }) => readyState === 'live').map(({ label }) => label),
  )
}

/** Ends the captured tracks of a kind, as the browser does when the device is unplugged. */
export function unplug(page: Page, kind: 'audio' | 'video'): Promise<void> {
  return page.evaluate((ofKind) => {
    for (const track of window.captured) {
      if (track.kind !== ofKind || track.readyState === 'ended') continue
      track.stop()
      track.dispatchEvent(new Event('ended'))
    }
  }, kind)
}

export function levelOn(page: Page): Promise<number> {
  return page.getByTestId('level').evaluate((meter) => (meter as HTMLMeterElement).value)
}

/** The highest level that a page shows within a time: the fake microphone beeps, and is silent in between. */
export async function loudestOn(page: Page, ms: number): Promise<number> {
  let loudest = 0
  for (const end = Date.now() + ms; Date.now() < end; ) loudest = Math.max(loudest, await levelOn(page))
  return loudest
}
