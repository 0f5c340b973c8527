const INTERVAL_MS = 100
/** What counts as silence, in decibels below full scale. */
const SILENCE_DB = -60

/** Shows how loud a microphone is, in a meter element. It does nothing while it follows no track. */
export class LevelMeter {
  readonly #element: HTMLMeterElement
  #track: MediaStreamTrack | undefined
  #stop: () => void = () => {}

  constructor(element: HTMLMeterElement) {
    this.#element = element
  }

  /** Shows the level of this track, in place of the one before; undefined ends it. */
  follow(track: MediaStreamTrack | undefined): void {
    if (this.#track === track) return
    this.#track = track
    this.#stop()
    this.#stop = track === undefined ? () => {} : this.#measure(track)
    this.#show(0)
  }

  #measure(track: MediaStreamTrack): () => void {
    const context = new AudioContext()
    const analyser = new AnalyserNode(context, { fftSize: 1024 })
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser)
    const samples = new Float32Array(analyser.fftSize)
    const timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples)
      this.#show(levelOf(samples))
    }, INTERVAL_MS)
    // Some browsers let a page play or measure sound only after the user has touched it.
    const resume = () => void context.resume().catch(() => {})
    const listening = new AbortController()
    resume()
    for (const event of ['pointerdown', 'keydown']) addEventListener(event, resume, { signal: listening.signal })
    return () => {
      clearInterval(timer)
      listening.abort()
      context.close().catch(() => {})
    }
  }

  #show(level: number): void {
    // Rounded, so that silence does not change the page ten times a second.
    this.#element.value = Math.round(level * 100) / 100
  }
}

/** Returns the loudness of samples from 0 to 1: their root mean square, in decibels above silence. */
export function levelOf(samples: ArrayLike<number>): number {
  let sum = 0
  for (let at = 0; at < samples.length; at++) sum += (samples[at] ?? 0) ** 2
  const decibels = 10 * Math.log10(sum / Math.max(1, samples.length))
  return Math.min(1, Math.max(0, 1 - decibels / SILENCE_DB))
}
