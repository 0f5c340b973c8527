import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { type BrowserContext, type Browser as Chromium, chromium, type Page } from 'playwright-core'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
]

const LAUNCH = { executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium', headless: true, args: FLAGS }

export interface Browser {
  readonly context: BrowserContext
  close(): Promise<void>
}

/** Starts the Chromium of this machine with a fresh profile, and with a camera and a microphone that are made up. */
export async function openBrowser(): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'stagedoor-profile-'))
  const context = await chromium.launchPersistentContext(profile, LAUNCH)
  await context.addInitScript(keepPeerConnections)
  return {
    context,
    async close() {
      await context.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

/** Starts it without a profile: each context of it is somebody's who has never been here. */
export function launchBrowser(): Promise<Chromium> {
  return chromium.launch(LAUNCH)
}

declare global {
  interface Window {
    peerConnections: RTCPeerConnection[]
  }
}

// The pages keep their connections to themselves; their figures are what shows that pictures arrive.
export function keepPeerConnections(): void {
  window.peerConnections = []
  window.RTCPeerConnection = new Proxy(window.RTCPeerConnection, {
    construct(target, args) {
      const connection = Reflect.construct(target, args)
      window.peerConnections.push(connection)
      return connection
    },
  })
}

/** How many frames of video a page has decoded, over all of its connections. */
export function framesDecoded(page: Page): Promise<number> {
  return page.evaluate(async () => {
    let frames = 0
    for (const connection of window.peerConnections) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type === 'inbound-rtp' && report.kind === 'video') frames += report.framesDecoded ?? 0
      }
    }
    return frames
  })
}

/** How much of a video's picture is not black, from 0 to 1. */
export function shareOfColour(page: Page, userId: string): Promise<number> {
  return page.evaluate((id) => {
    const video = document.querySelector<HTMLVideoElement>(`[data-user-id="${id}"] video`)
    if (video === null || video.videoWidth === 0) return 0
    const canvas = document.createElement('canvas')
    const [width, height] = [64, 48]
    canvas.width = width
    canvas.height = height
    const context = canvas.getContext('2d')
    context?.drawImage(video, 0, 0, width, height)
    const pixels = context?.getImageData(0, 0, width, height).data ?? []
    let bright = 0
    for (let at = 0; at < pixels.length; at += 4) {
      if (Math.max(pixels[at] ?? 0, pixels[at + 1] ?? 0, pixels[at + 2] ?? 0) > 40) bright++
    }
    return bright / (width * height)
  }, userId)
}
