import type { Contact } from '../contact.ts'
import { Observable } from '../observable.ts'
import { attach, createElementIn, removeElementFrom } from './attach.ts'
import { mediaDevices } from './devices.ts'
import { takeSnapshot } from './take-snapshot.ts'

export type StreamEvents = {
  /** All tracks have ended, or the stream was released. */
  stopped: []
  /** A track ended by itself: the device was unplugged, or the user stopped sharing. */
  trackStopped: [track: MediaStreamTrack]
  /** A track was added or removed. */
  tracksChanged: []
  muteChanged: [muted: { readonly audioMuted: boolean; readonly videoMuted: boolean }]
}

/** Where a stream comes from, if not from this browser. */
export interface RemoteOrigin {
  readonly streamId: string
  readonly contact: Contact
  readonly screen: boolean
  readonly audioMuted: boolean
  readonly videoMuted: boolean
}

/** Audio and video: one's own, or those of a contact. */
export class Stream extends Observable<StreamEvents> {
  /** Names the stream: in its conversation where it is remote, in this page where it is one's own. */
  readonly streamId: string
  readonly isRemote: boolean
  readonly #mediaStream: MediaStream
  readonly #contact: Contact | undefined
  readonly #screen: boolean
  #audioMuted: boolean
  #videoMuted: boolean
  #stopped = false
  #audioOff = false
  #videoOff = false

  /** @internal */
  constructor(mediaStream: MediaStream, { remote, screen }: { remote?: RemoteOrigin; screen?: boolean } = {}) {
    super()
    this.#mediaStream = mediaStream
    this.#contact = remote?.contact
    this.#screen = remote?.screen ?? screen ?? false
    this.#audioMuted = remote?.audioMuted ?? isSilenced(mediaStream.getAudioTracks())
    this.#videoMuted = remote?.videoMuted ?? isSilenced(mediaStream.getVideoTracks())
    this.streamId = remote?.streamId ?? mediaStream.id
    this.isRemote = remote !== undefined
    for (const track of mediaStream.getTracks()) this.#watch(track)
  }

  /** Asks the user for a screen, a window or a tab. Rejects as `getDisplayMedia` does where the user declines. */
  static async createDisplayMediaStream(constraints: DisplayMediaStreamOptions = { video: true }): Promise<Stream> {
    return new Stream(await mediaDevices().getDisplayMedia(constraints), { screen: true })
  }

  getId(): string {
    return this.streamId
  }

  /** Whose it is; undefined for one's own. */
  getContact(): Contact | undefined {
    return this.#contact
  }

  isScreensharing(): boolean {
    return this.#screen
  }

  hasAudio(): boolean {
    return this.#mediaStream.getAudioTracks().length > 0
  }

  hasVideo(): boolean {
    return this.#mediaStream.getVideoTracks().length > 0
  }

  getData(): MediaStream {
    return this.#mediaStream
  }

  /**
   * Adds a track; where the stream is published, subscribers receive it. A track that is added to the MediaStream itself is not noticed.
   */
  addTrack(track: MediaStreamTrack): void {
    if (this.#mediaStream.getTracks().includes(track)) return
    this.#mediaStream.addTrack(track)
    this.#watch(track)
    if (this.isRemote) track.enabled = !(track.kind === 'audio' ? this.#audioOff : this.#videoOff)
    this.emit('tracksChanged')
  }

  /** Removes a track, and does not stop it. */
  removeTrack(track: MediaStreamTrack): void {
    if (!this.#mediaStream.getTracks().includes(track)) return
    this.#mediaStream.removeTrack(track)
    this.emit('tracksChanged')
  }

  /** Plays it in a media element. One's own is played without sound. */
  attachToElement(element: HTMLMediaElement): void {
    attach(this.#mediaStream, element, !this.isRemote)
  }

  /** Creates a video element of that id within the element `divId`, and plays the stream there. */
  addInDiv(
    divId: string,
    elementId: string,
    style: Readonly<Record<string, string>> = {},
    muted: boolean = !this.isRemote,
  ): HTMLVideoElement {
    const element = createElementIn(divId, elementId, style)
    attach(this.#mediaStream, element, muted)
    return element
  }

  removeFromDiv(divId: string, elementId: string): void {
    removeElementFrom(divId, elementId)
  }

  /** Switches one's own audio on for everybody; that of a contact only on this side. */
  enableAudio(): void {
    this.#setAudio(true)
  }

  disableAudio(): void {
    this.#setAudio(false)
  }

  enableVideo(): void {
    this.#setVideo(true)
  }

  disableVideo(): void {
    this.#setVideo(false)
  }

  /** Whether its publisher has switched the audio off. */
  isAudioMuted(): boolean {
    return this.#audioMuted
  }

  isVideoMuted(): boolean {
    return this.#videoMuted
  }

  /** Whether the audio is switched off on this side, with `disableAudio`. */
  get isAudioSwitchedOff(): boolean {
    return this.#audioOff
  }

  /** Whether the video is switched off on this side, with `disableVideo`. */
  get isVideoSwitchedOff(): boolean {
    return this.#videoOff
  }

  /** The picture of this moment, a PNG as a data URL. */
  takeSnapshot(): Promise<string> {
    return takeSnapshot(this.#mediaStream)
  }

  /** Stops all tracks: camera and microphone are free again. */
  release(): void {
    for (const track of this.#mediaStream.getTracks()) track.stop()
    this.#stop()
  }

  /** @internal What its publisher says of a remote stream, or this side of its own. */
  setMuted(audioMuted: boolean, videoMuted: boolean): void {
    if (audioMuted === this.#audioMuted && videoMuted === this.#videoMuted) return
    this.#audioMuted = audioMuted
    this.#videoMuted = videoMuted
    this.emit('muteChanged', { audioMuted, videoMuted })
  }

  #setAudio(enabled: boolean): void {
    this.#audioOff = !enabled
    for (const track of this.#mediaStream.getAudioTracks()) track.enabled = enabled
    if (!this.isRemote) this.setMuted(!enabled, this.#videoMuted)
  }

  #setVideo(enabled: boolean): void {
    this.#videoOff = !enabled
    for (const track of this.#mediaStream.getVideoTracks()) track.enabled = enabled
    if (!this.isRemote) this.setMuted(this.#audioMuted, !enabled)
  }

  #watch(track: MediaStreamTrack): void {
    track.addEventListener('ended', () => this.#trackEnded(track))
  }

  #trackEnded(track: MediaStreamTrack): void {
    if (!this.#mediaStream.getTracks().includes(track)) return
    this.emit('trackStopped', track)
    if (this.#mediaStream.getTracks().every(({ readyState }) => readyState === 'ended')) this.#stop()
  }

  #stop(): void {
    if (this.#stopped) return
    this.#stopped = true
    this.emit('stopped')
  }
}

function isSilenced(tracks: readonly MediaStreamTrack[]): boolean {
  return tracks.length > 0 && tracks.every(({ enabled }) => !enabled)
}
