import { CAPTURE_KINDS, type CaptureKind } from './device-kind.ts'
import type { LocalMedia } from './local-media.ts'

/** Makes two buttons switch the camera and the microphone on and off. */
export function connectMediaButtons(
  media: LocalMedia,
  buttons: Readonly<Record<CaptureKind, HTMLButtonElement>>,
): void {
  const show = () => {
    for (const kind of CAPTURE_KINDS) buttons[kind].setAttribute('aria-pressed', String(media.isOn(kind)))
  }
  for (const kind of CAPTURE_KINDS) buttons[kind].addEventListener('click', () => void media.toggle(kind))
  media.addEventListener('changed', show)
  show()
}
