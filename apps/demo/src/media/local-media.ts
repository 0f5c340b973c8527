import { say } from '../status.ts'
import { type Captured, capture, type DeviceRequest } from './capture.ts'
import { CAPTURE_KINDS, type CaptureKind } from './device-kind.ts'
import { explainProblems, type MediaProblem } from './explain-problems.ts'
import { rememberDevice, rememberedDevice } from './remember-device.ts'

interface Source {
  track: MediaStreamTrack | undefined
  /** Whether the user wants it on. */
  isWanted: boolean
  problem: MediaProblem | undefined
}

/**
 * The user's camera and microphone, before the call and in it. Emits `changed` when a track, a problem or what is on has changed, and
 * `devicesChanged` when a device was connected or disconnected.
 */
export class LocalMedia extends EventTarget {
  readonly #sources: Readonly<Record<CaptureKind, Source>> = { camera: createSource(), microphone: createSource() }
  #isStarted = false
  #captures = 0
  /** One capture at a time, so that the last choice wins. */
  #capturing: Promise<void> = Promise.resolve()

  constructor() {
    super()
    navigator.mediaDevices?.addEventListener('devicechange', () => this.#devicesChanged())
  }

  get isStarted(): boolean {
    return this.#isStarted
  }

  /** Whether the browser is opening a device, or asking the user for it. */
  get isCapturing(): boolean {
    return this.#captures > 0
  }

  /** Captures what is wanted and not captured yet: the devices that were chosen last, or others. Never rejects. */
  start(): Promise<void> {
    this.#isStarted = true
    return this.#request(CAPTURE_KINDS.filter((kind) => this.#sources[kind].isWanted))
  }

  /** Releases camera and microphone. */
  stop(): void {
    this.#isStarted = false
    for (const kind of CAPTURE_KINDS) this.#setTrack(kind, undefined)
    this.#emitChanged()
  }

  trackOf(kind: CaptureKind): MediaStreamTrack | undefined {
    return this.#sources[kind].track
  }

  tracks(): MediaStreamTrack[] {
    return CAPTURE_KINDS.flatMap((kind) => this.#sources[kind].track ?? [])
  }

  isOn(kind: CaptureKind): boolean {
    const { track, isWanted } = this.#sources[kind]
    return track !== undefined && isWanted
  }

  /** Sentences on why there is no camera or microphone; an empty string where there is none to explain. */
  explain(): string {
    const { camera, microphone } = this.#sources
    return explainProblems({
      ...(camera.problem && { camera: camera.problem }),
      ...(microphone.problem && { microphone: microphone.problem }),
    })
  }

  /** Switches it on or off. A device that is not captured yet is captured. */
  async toggle(kind: CaptureKind): Promise<void> {
    this.setOn(kind, !this.isOn(kind))
    if (this.#sources[kind].track !== undefined) return
    this.#isStarted = true
    await this.#request([kind])
  }

  setOn(kind: CaptureKind, isOn: boolean): void {
    const source = this.#sources[kind]
    if (source.isWanted === isOn) return
    source.isWanted = isOn
    if (source.track !== undefined) source.track.enabled = isOn
    this.#emitChanged()
  }

  /** Captures another device, and remembers it. If it cannot be captured, the one before stays. */
  choose(kind: CaptureKind, deviceId: string): Promise<void> {
    this.#isStarted = true
    return this.#enqueue(async () => {
      const captured = await capture({ [kind]: { deviceId, isExact: true } })
      if (captured[kind] instanceof MediaStreamTrack) rememberDevice(kind, deviceId)
      else if (this.#sources[kind].track !== undefined) {
        say(`That ${kind} couldn’t be started. The ${kind} before is still in use.`)
        return
      }
      this.#take(captured)
    })
  }

  #request(kinds: readonly CaptureKind[], deviceId = rememberedDevice): Promise<void> {
    return this.#enqueue(async () => {
      const missing = kinds.filter((kind) => this.#sources[kind].track === undefined)
      const requests = missing.map((kind): [CaptureKind, DeviceRequest] => [
        kind,
        { deviceId: deviceId(kind), isExact: false },
      ])
      this.#take(await capture(Object.fromEntries(requests)))
    })
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#captures++
    this.#emitChanged()
    this.#capturing = this.#capturing
      .then(work)
      .catch((error: Error) => say(error.message))
      .finally(() => {
        this.#captures--
        this.#emitChanged()
      })
    return this.#capturing
  }

  #take(captured: Captured): void {
    for (const kind of CAPTURE_KINDS) {
      const result = captured[kind]
      if (result instanceof MediaStreamTrack) {
        // Stopped while the browser was asking.
        if (this.#isStarted) this.#setTrack(kind, result)
        else result.stop()
      } else if (result !== undefined) this.#sources[kind].problem = result
    }
  }

  #setTrack(kind: CaptureKind, track: MediaStreamTrack | undefined): void {
    const source = this.#sources[kind]
    source.track?.stop()
    source.track = track
    source.problem = undefined
    if (track === undefined) return
    track.enabled = source.isWanted
    track.addEventListener('ended', () => void this.#ended(kind, track))
  }

  /** The device was unplugged, or access to it was withdrawn: another one takes its place. */
  async #ended(kind: CaptureKind, track: MediaStreamTrack): Promise<void> {
    if (this.#sources[kind].track !== track) return
    this.#setTrack(kind, undefined)
    this.#emitChanged()
    const name = track.label === '' ? `Your ${kind}` : track.label
    say(`${name} stopped.`, { stays: true })
    await this.#request([kind], () => undefined)
    const next = this.#sources[kind].track
    say(`${name} stopped. ${next === undefined ? `There is no other ${kind}.` : `Now using ${next.label}.`}`)
  }

  #devicesChanged(): void {
    this.dispatchEvent(new Event('devicesChanged'))
    if (!this.#isStarted) return
    const found = CAPTURE_KINDS.filter((kind) => this.#sources[kind].problem === 'missing')
    if (found.length > 0) void this.#request(found.filter((kind) => this.#sources[kind].isWanted))
  }

  #emitChanged(): void {
    this.dispatchEvent(new Event('changed'))
  }
}

function createSource(): Source {
  return { track: undefined, isWanted: true, problem: undefined }
}
