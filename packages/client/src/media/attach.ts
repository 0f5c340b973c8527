/** Plays a MediaStream in a media element. One's own is played without sound, since it would echo. */
export function attach(mediaStream: MediaStream, element: HTMLMediaElement, muted: boolean): void {
  element.autoplay = true
  element.muted = muted
  if (element instanceof HTMLVideoElement) element.playsInline = true
  if (element.srcObject !== mediaStream) element.srcObject = mediaStream
  // A page that the user has not touched yet may not play sound; the browser starts it at the first touch of its controls.
  element.play().catch(() => {})
}

/** Creates a media element within the element of that id. Throws where the page has none. */
export function createElementIn(
  divId: string,
  elementId: string,
  style: Readonly<Record<string, string>>,
): HTMLVideoElement {
  const div = document.getElementById(divId)
  if (div === null) throw new Error(`The page has no element with the id "${divId}"`)
  const video = document.createElement('video')
  video.id = elementId
  for (const [property, value] of Object.entries(style)) {
    // Both `max-width` and `maxWidth` are understood.
    video.style.setProperty(
      property.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`),
      value,
    )
  }
  div.append(video)
  return video
}

/** Removes the media element of that id from within the element of that id, where they are there. */
export function removeElementFrom(divId: string, elementId: string): void {
  const element = document.getElementById(elementId)
  if (element === null || !document.getElementById(divId)?.contains(element)) return
  if (element instanceof HTMLMediaElement) element.srcObject = null
  element.remove()
}
