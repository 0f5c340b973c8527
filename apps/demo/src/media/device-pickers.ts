import { findElement } from '../find-element.ts'
import { say } from '../status.ts'
import { listDevices } from './capture.ts'
import { CAPTURE_KINDS, type DeviceKind } from './device-kind.ts'
import { LevelMeter } from './level-meter.ts'
import type { LocalMedia } from './local-media.ts'
import { applySpeaker, CAN_CHOOSE_SPEAKER, chooseSpeaker, chosenSpeaker } from './speaker.ts'

const section = findElement('devices', HTMLElement)
const problem = findElement('media-problem', HTMLParagraphElement)
const selects = {
  camera: findElement('pick-camera', HTMLSelectElement),
  microphone: findElement('pick-microphone', HTMLSelectElement),
  speaker: findElement('pick-speaker', HTMLSelectElement),
}
const KINDS = Object.keys(selects) as DeviceKind[]

/** The selects of camera, microphone and speaker, with the level of the microphone. There is one set, in the lobby or in the call. */
export class DevicePickers {
  readonly #media: LocalMedia
  readonly #meter = new LevelMeter(findElement('level', HTMLMeterElement))
  #isVisible = false

  constructor(media: LocalMedia) {
    this.#media = media
    findElement('speaker-field', HTMLElement).hidden = !CAN_CHOOSE_SPEAKER
    for (const kind of CAPTURE_KINDS) {
      selects[kind].addEventListener('change', () => void media.choose(kind, selects[kind].value))
    }
    selects.speaker.addEventListener('change', () => {
      chooseSpeaker(selects.speaker.value).catch((error: Error) => say(error.message))
    })
    media.addEventListener('changed', () => void this.#update())
    media.addEventListener('devicesChanged', () => {
      void this.#update()
      void applySpeaker()
    })
    void this.#update()
  }

  /** Shows them at the end of an element, and measures the microphone. */
  showIn(container: HTMLElement): void {
    container.append(section)
    this.#isVisible = true
    void this.#update()
  }

  /** Ends the measuring of the microphone. */
  hide(): void {
    this.#isVisible = false
    this.#follow()
  }

  async #update(): Promise<void> {
    problem.textContent = this.#media.explain()
    problem.hidden = problem.textContent === ''
    this.#follow()
    for (const kind of KINDS) fill(selects[kind], kind, await listDevices(kind), this.#deviceIdOf(kind))
  }

  #follow(): void {
    const isHeard = this.#isVisible && this.#media.isOn('microphone')
    this.#meter.follow(isHeard ? this.#media.trackOf('microphone') : undefined)
  }

  #deviceIdOf(kind: DeviceKind): string | undefined {
    return kind === 'speaker' ? chosenSpeaker() : this.#media.trackOf(kind)?.getSettings().deviceId
  }
}

function fill(
  select: HTMLSelectElement,
  kind: DeviceKind,
  devices: MediaDeviceInfo[],
  chosen: string | undefined,
): void {
  const options = devices.map(({ deviceId, label }, at) => new Option(label || `${nameOf(kind)} ${at + 1}`, deviceId))
  const isThere = devices.some(({ deviceId }) => deviceId === chosen)
  if (devices.length === 0) options.push(new Option(`No ${kind} available`, ''))
  else if (!isThere) options.unshift(new Option(kind === 'speaker' ? 'System default' : `Choose a ${kind}`, ''))
  select.replaceChildren(...options)
  select.value = isThere && chosen !== undefined ? chosen : ''
  select.disabled = devices.length === 0
}

function nameOf(kind: DeviceKind): string {
  return `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
}
