import { BROWSER_KINDS, type CaptureKind } from './device-kind.ts'
import { type MediaProblem, readProblem } from './explain-problems.ts'

/** A device to capture: the one with this id, or if `isExact` is false, another one where that does not exist. */
export interface DeviceRequest {
  readonly deviceId?: string | undefined
  readonly isExact: boolean
}

export type DeviceRequests = Readonly<Partial<Record<CaptureKind, DeviceRequest>>>
export type Captured = Partial<Record<CaptureKind, MediaStreamTrack | MediaProblem>>

/** Captures each device, with one question to the user if possible. Returns a track or a problem for each. Never rejects. */
export async function capture(requests: DeviceRequests): Promise<Captured> {
  const kinds = Object.keys(requests) as CaptureKind[]
  if (kinds.length === 0) return {}
  // Browsers have it in secure contexts only (W3C Media Capture and Streams, section 9.1).
  if (navigator.mediaDevices === undefined) return forEach(kinds, 'insecure')
  try {
    const media = await navigator.mediaDevices.getUserMedia({
      audio: constraintsOf(requests.microphone),
      video: constraintsOf(requests.camera),
    })
    const [camera] = media.getVideoTracks()
    const [microphone] = media.getAudioTracks()
    return { ...(camera && { camera }), ...(microphone && { microphone }) }
  } catch (error) {
    const problem = readProblem(error)
    const [kind, ...others] = kinds
    if (kind !== undefined && others.length === 0) {
      const isGone = error instanceof DOMException && error.name === 'OverconstrainedError'
      const mayBeAnother = isGone && requests[kind]?.deviceId !== undefined && !requests[kind].isExact
      return mayBeAnother ? capture({ [kind]: { isExact: false } }) : { [kind]: problem }
    }
    const denied = await listDenied(kinds)
    // The user has answered for both: asking for each would be asking again.
    if (problem === 'denied' && denied.length === 0) return forEach(kinds, problem)
    const captured: Captured = forEach(denied, 'denied')
    for (const kind of kinds) {
      if (!denied.includes(kind)) Object.assign(captured, await capture({ [kind]: requests[kind] }))
    }
    return captured
  }
}

function constraintsOf(request: DeviceRequest | undefined): MediaTrackConstraints | boolean {
  if (request?.deviceId === undefined) return request !== undefined
  // Not `ideal`: Chromium may open another device, although the chosen one is connected.
  return { deviceId: { exact: request.deviceId } }
}

/** The kinds that the user or the browser has blocked; none where the browser does not say. */
async function listDenied(kinds: readonly CaptureKind[]): Promise<CaptureKind[]> {
  const states = await Promise.all(
    kinds.map((kind) =>
      navigator.permissions.query({ name: kind as PermissionName }).then(
        ({ state }) => state,
        () => undefined,
      ),
    ),
  )
  return kinds.filter((_kind, at) => states[at] === 'denied')
}

function forEach(kinds: readonly CaptureKind[], problem: MediaProblem): Captured {
  return Object.fromEntries(kinds.map((kind) => [kind, problem]))
}

/** Lists the devices of a kind. Their labels are empty until the user has allowed the page to use one. */
export async function listDevices(kind: keyof typeof BROWSER_KINDS): Promise<MediaDeviceInfo[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices().catch(() => [])) ?? []
  return devices.filter((device) => device.kind === BROWSER_KINDS[kind] && device.deviceId !== '')
}
