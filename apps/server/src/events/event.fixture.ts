import type { Announce, PlatformEvent } from './event.ts'

/** Somebody who wants to hear of everything, and what they were told. */
export function keepEvents() {
  const told: PlatformEvent[] = []
  const announce: Announce = (apiKey, type, describe) => void told.push({ apiKey, type, ...describe() })
  return { told, announce }
}
