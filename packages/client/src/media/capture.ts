/** What to record. Default: the camera and the microphone that the browser prefers. */
export interface CaptureOptions {
  readonly constraints?: MediaStreamConstraints | undefined
  /** The id of a microphone, of those that `getUserMediaDevices` lists. */
  readonly audioInputId?: string | undefined
  /** The id of a camera, of those that `getUserMediaDevices` lists. */
  readonly videoInputId?: string | undefined
  /** Which way the camera of a phone looks. Not used where `videoInputId` is given. */
  readonly facingMode?: 'user' | 'environment' | undefined
}

/** The constraints that `getUserMedia` takes. Audio or video that `constraints` switches off stays off. */
export function captureConstraints(options: CaptureOptions): MediaStreamConstraints {
  const { audio = true, video = true, ...rest } = options.constraints ?? {}
  const { audioInputId, videoInputId, facingMode } = options
  const camera = videoInputId === undefined ? facingMode && { facingMode } : { deviceId: { exact: videoInputId } }
  const microphone = audioInputId === undefined ? undefined : { deviceId: { exact: audioInputId } }
  return { ...rest, audio: narrow(audio, microphone), video: narrow(video, camera) }
}

function narrow(
  wanted: boolean | MediaTrackConstraints,
  device: MediaTrackConstraints | undefined,
): boolean | MediaTrackConstraints {
  if (wanted === false || device === undefined) return wanted
  return { ...(wanted === true ? {} : wanted), ...device }
}
