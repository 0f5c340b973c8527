export type CaptureKind = 'camera' | 'microphone'
export type DeviceKind = CaptureKind | 'speaker'

export const CAPTURE_KINDS: readonly CaptureKind[] = ['camera', 'microphone']

/** What the browser calls a kind of device. */
export const BROWSER_KINDS: Readonly<Record<DeviceKind, MediaDeviceKind>> = {
  camera: 'videoinput',
  microphone: 'audioinput',
  speaker: 'audiooutput',
}
