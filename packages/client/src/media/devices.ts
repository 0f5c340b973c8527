export type DevicesById = Readonly<Record<string, MediaDeviceInfo>>

export interface UserMediaDevices {
  readonly audioinput: DevicesById
  readonly audiooutput: DevicesById
  readonly videoinput: DevicesById
}

/** The microphones, speakers and cameras. Their labels are empty until the user has allowed the page to use one. */
export async function listDevices(): Promise<UserMediaDevices> {
  const devices = await navigator.mediaDevices.enumerateDevices()
  const ofKind = (kind: MediaDeviceKind) =>
    Object.fromEntries(devices.filter((device) => device.kind === kind).map((device) => [device.deviceId, device]))
  return { audioinput: ofKind('audioinput'), audiooutput: ofKind('audiooutput'), videoinput: ofKind('videoinput') }
}
