export type DevicesById = Readonly<Record<string, MediaDeviceInfo>>

export interface UserMediaDevices {
  readonly audioinput: DevicesById
  readonly audiooutput: DevicesById
  readonly videoinput: DevicesById
}

/** The devices of this browser. Throws where the page may not use any. */
export function mediaDevices(): MediaDevices {
  // Browsers have it in secure contexts only (W3C Media Capture and Streams, section 9.1).
  const devices = globalThis.navigator?.mediaDevices as MediaDevices | undefined
  if (devices === undefined) {
    throw new Error(
      'There is no access to cameras and microphones: the page must be served over HTTPS, or from localhost',
    )
  }
  return devices
}

/** The microphones, speakers and cameras. Their labels are empty until the user has allowed the page to use one. */
export async function listDevices(): Promise<UserMediaDevices> {
  const devices = await mediaDevices().enumerateDevices()
  const ofKind = (kind: MediaDeviceKind) =>
    Object.fromEntries(devices.filter((device) => device.kind === kind).map((device) => [device.deviceId, device]))
  return { audioinput: ofKind('audioinput'), audiooutput: ofKind('audiooutput'), videoinput: ofKind('videoinput') }
}
