import { findElement } from './find-element.ts'
import type { LocalMedia } from './media/local-media.ts'
import { connectMediaButtons } from './media/media-buttons.ts'

const video = findElement('preview-video', HTMLVideoElement)
const message = findElement('preview-message', HTMLParagraphElement)
const startButton = findElement('preview-start', HTMLButtonElement)

/** Shows the user's own camera before the call. */
export function openPreview(media: LocalMedia): void {
  connectMediaButtons(media, {
    camera: findElement('preview-camera', HTMLButtonElement),
    microphone: findElement('preview-microphone', HTMLButtonElement),
  })
  startButton.addEventListener('click', () => void media.start())
  media.addEventListener('changed', () => show(media))
  show(media)
}

function show(media: LocalMedia): void {
  const track = media.trackOf('camera')
  const shown = video.srcObject instanceof MediaStream ? video.srcObject.getTracks()[0] : undefined
  if (shown !== track) video.srcObject = track === undefined ? null : new MediaStream([track])
  video.hidden = !media.isOn('camera')
  message.hidden = media.isOn('camera')
  message.textContent = describe(media)
  startButton.hidden = media.isStarted
}

function describe(media: LocalMedia): string {
  if (!media.isStarted) return 'Camera and microphone are off'
  if (media.isCapturing) return 'If your browser asks, allow access to your camera and microphone'
  return media.trackOf('camera') === undefined ? 'No camera' : 'Camera is off'
}
