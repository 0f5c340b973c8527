import { listDevices } from './capture.ts'
import { rememberDevice, rememberedDevice } from './remember-device.ts'

/** Whether the browser lets a page choose the speaker. */
export const CAN_CHOOSE_SPEAKER = 'setSinkId' in HTMLMediaElement.prototype

// An empty id is the speaker of the system.
let chosen = rememberedDevice('speaker') ?? ''

export function chosenSpeaker(): string {
  return chosen
}

/** Plays everything on the page through this speaker, and remembers it. */
export async function chooseSpeaker(deviceId: string): Promise<void> {
  chosen = deviceId
  rememberDevice('speaker', deviceId)
  await applySpeaker()
}

/** Plays everything on the page through the chosen speaker, as far as it is connected. */
export async function applySpeaker(): Promise<void> {
  await Promise.all([...document.querySelectorAll('video')].map(playThroughSpeaker))
}

/** Plays an element through the chosen speaker, or through that of the system if it is not connected. */
export async function playThroughSpeaker(element: HTMLMediaElement): Promise<void> {
  if (!CAN_CHOOSE_SPEAKER) return
  const isConnected = (await listDevices('speaker')).some(({ deviceId }) => deviceId === chosen)
  const sinkId = isConnected ? chosen : ''
  if (element.sinkId !== sinkId) await element.setSinkId(sinkId).catch(() => {})
}
