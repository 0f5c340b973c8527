import { type Conversation, type PublicationEnd, type Stream, SupersededError, type UserAgent } from '@stagedoor/client'
import { CAPTURE_KINDS, type CaptureKind } from './media/device-kind.ts'
import type { LocalMedia } from './media/local-media.ts'
import type { Stage } from './stage.ts'
import { say } from './status.ts'

export interface OwnMediaOptions {
  readonly media: LocalMedia
  readonly userAgent: UserAgent
  readonly conversation: Conversation
  readonly stage: Stage
}

/** Publishes the user's camera and microphone in a conversation: always those that are in use, and whether they are on. */
export class OwnMedia {
  readonly #options: OwnMediaOptions
  readonly #listening = new AbortController()
  #stream: Stream | undefined
  #explained = ''

  constructor(options: OwnMediaOptions) {
    this.#options = options
    const { media, conversation } = options
    media.addEventListener('changed', () => this.#sync(), { signal: this.#listening.signal })
    conversation.on('publicationEnded', (end) => this.#ended(end))
    conversation.on('silenced', ({ stream, audio, video }) => {
      if (stream === this.#stream) this.#silenced({ microphone: audio, camera: video })
    })
  }

  /** Captures camera and microphone if the lobby has not, and publishes them as they are available. */
  async start(): Promise<void> {
    this.#sync()
    await this.#options.media.start()
  }

  /** Releases camera and microphone. */
  stop(): void {
    this.#listening.abort()
    this.#options.media.stop()
  }

  /** Brings what is published to what is captured. */
  #sync(): void {
    const { media, userAgent, stage } = this.#options
    this.#explain()
    const [old, tracks] = [this.#stream, media.tracks()]
    if (tracks.length === 0) {
      if (old !== undefined) void this.#try(this.#drop(old))
    } else if (old !== undefined && hasExactly(old, tracks)) this.#mute(old)
    else {
      const stream = userAgent.createStreamFromMediaStream(new MediaStream(tracks))
      this.#stream = stream
      if (old === undefined) stage.addOwn(stream)
      else stage.replaceOwn(old, stream)
      void this.#try(this.#publish(old, stream))
    }
  }

  /** Puts the new stream in place of the one before: the others keep watching, without an interruption. */
  async #publish(old: Stream | undefined, stream: Stream): Promise<void> {
    const { conversation } = this.#options
    if (old !== undefined && conversation.isPublishedStream(old)) {
      await conversation.replacePublishedStream(old, stream)
    } else await conversation.publish(stream)
  }

  async #drop(stream: Stream): Promise<void> {
    this.#stream = undefined
    this.#options.stage.removeOwn(stream)
    await this.#options.conversation.unpublish(stream)
  }

  async #try(publishing: Promise<void>): Promise<void> {
    try {
      await publishing
    } catch (error) {
      // A later call does what is needed, or the call is over.
      if (error instanceof SupersededError || this.#listening.signal.aborted) return
      this.#end()
      say(`Couldn’t publish your camera and microphone. ${(error as Error).message}`)
    }
  }

  #ended({ stream, reason, error }: PublicationEnd): void {
    // Where the devices have stopped, another one takes their place.
    if (stream !== this.#stream || reason === 'stopped') return
    this.#end()
    if (reason === 'not_permitted') say('You may not publish your camera and microphone any more.')
    else say(`Couldn’t publish your camera and microphone. ${error?.message ?? ''}`)
  }

  #end(): void {
    const stream = this.#stream
    this.#stream = undefined
    if (stream !== undefined) this.#options.stage.removeOwn(stream)
    this.#options.media.stop()
  }

  #mute(stream: Stream): void {
    const { media } = this.#options
    const [hasAudio, hasVideo] = [media.isOn('microphone'), media.isOn('camera')]
    if (stream.hasAudio() && stream.isAudioMuted() === hasAudio) hasAudio ? stream.enableAudio() : stream.disableAudio()
    if (stream.hasVideo() && stream.isVideoMuted() === hasVideo) hasVideo ? stream.enableVideo() : stream.disableVideo()
  }

  #silenced(silenced: Readonly<Record<CaptureKind, boolean>>): void {
    const kinds = CAPTURE_KINDS.filter((kind) => silenced[kind])
    for (const kind of kinds) this.#options.media.setOn(kind, false)
    say(`A moderator turned off your ${kinds.join(' and ')}.`)
  }

  /** Says why there is no camera or microphone, once. */
  #explain(): void {
    const { media } = this.#options
    if (media.isCapturing) return
    const explanation = media.explain()
    if (explanation !== this.#explained && explanation !== '') say(explanation)
    this.#explained = explanation
  }
}

function hasExactly(stream: Stream, tracks: readonly MediaStreamTrack[]): boolean {
  const published = stream.getData().getTracks()
  return published.length === tracks.length && tracks.every((track) => published.includes(track))
}
