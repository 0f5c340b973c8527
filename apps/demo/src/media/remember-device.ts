import type { DeviceKind } from './device-kind.ts'

/** Remembers the chosen device in this browser: its id, which means nothing to other sites, and no more. */
export function rememberDevice(kind: DeviceKind, deviceId: string): void {
  try {
    localStorage.setItem(keyOf(kind), deviceId)
  } catch {
    // Storage is full or switched off: the choice lasts until the page is closed.
  }
}

/** Returns the id of the device that was chosen last, which may not exist any more. */
export function rememberedDevice(kind: DeviceKind): string | undefined {
  try {
    return localStorage.getItem(keyOf(kind)) ?? undefined
  } catch {
    return undefined
  }
}

function keyOf(kind: DeviceKind): string {
  return `stagedoor-demo.${kind}`
}
