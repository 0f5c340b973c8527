import type { Announce, PlatformEvent } from './event.ts'

/** A subscriber to all events, and what it received. */
export function keepEvents() {
  const told: PlatformEvent[] = []
  const announce: Announce = (apiKey, type, describe) => void told.push({ apiKey, type, ...describe() })
  return { told, announce }
}
