import type { StreamInfo as PublishedStream } from '@stagedoor/protocol'
import type { Requester } from '../connection/messages.ts'
import type { Contact } from '../contact.ts'
import { createDeferred, type Deferred } from '../deferred.ts'
import { ConnectionError, FailedError, SessionLostError } from '../errors.ts'
import { Stream } from '../media/stream.ts'

/** How long the media of a stream may take to arrive, in milliseconds of connection. */
export const MEDIA_TIMEOUT_MS = 20_000

interface Subscription {
  /** As its publisher described it last. */
  published: PublishedStream
  readonly contact: Contact
  /** Undefined until all its tracks have arrived. */
  stream: Stream | undefined
  readonly tracks: MediaStreamTrack[]
  readonly arrival: Deferred<Stream>
  timer: ReturnType<typeof setTimeout> | undefined
}

/** What the user has switched off of a contact's stream, on this side only. */
type SwitchedOff = Pick<Stream, 'isAudioSwitchedOff' | 'isVideoSwitchedOff'>

export interface SubscriptionsOptions {
  readonly conversation: string
  readonly requester: Requester
  /** Whether there is a connection at this moment. */
  readonly isConnected: () => boolean
  readonly onStreamAdded: (stream: Stream) => void
  readonly onStreamRemoved: (stream: Stream) => void
}

/** The streams of others that the application wants to receive in one conversation. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions
  readonly #subscriptions = new Map<string, Subscription>()
  /** What was subscribed to in a session that was lost, and has not come back yet. */
  readonly #missing = new Map<string, Deferred<Stream>>()
  readonly #switchedOff = new Map<string, SwitchedOff>()

  constructor(options: SubscriptionsOptions) {
    this.#options = options
  }

  /** Whether a stream of that session is subscribed to. */
  expects(sessionId: string): boolean {
    return [...this.#subscriptions.values()].some(({ published }) => published.sessionId === sessionId)
  }

  /**
   * Resolves when the tracks have arrived, with the same stream however often it is asked for. Rejects with a FailedError if the stream
   * ends before, and with a ConnectionError if its media do not arrive within 20 s.
   */
  subscribe(published: PublishedStream, contact: Contact): Promise<Stream> {
    const known = this.#subscriptions.get(published.streamId)
    if (known !== undefined) return known.arrival.promise
    if (globalThis.RTCPeerConnection === undefined) return Promise.reject(new Error('This browser has no WebRTC'))
    return this.#begin(published, contact, createDeferred())
  }

  async unsubscribe(streamId: string): Promise<void> {
    if (!this.#subscriptions.has(streamId)) return
    this.remove(streamId)
    const { conversation, requester } = this.#options
    await requester.request({ type: 'unsubscribe', conversation, streamId }).catch((error) => {
      // The stream, or the session with its subscriptions, has gone anyway.
      if (!(error instanceof ConnectionError || error instanceof FailedError)) throw error
    })
  }

  /** Subscribes again to a stream that was subscribed to in the session before, if this is such a one. */
  restore(published: PublishedStream, contact: Contact): void {
    const key = lastingKey(published, contact)
    const arrival = this.#missing.get(key)
    if (arrival === undefined) return
    this.#missing.delete(key)
    this.#begin(published, contact, arrival).catch(() => {})
  }

  /** Takes a track that arrived. Returns whether it belongs to a stream that is subscribed to. */
  take(sessionId: string, mediaStreamId: string, track: MediaStreamTrack): boolean {
    for (const subscription of this.#subscriptions.values()) {
      const { published, tracks } = subscription
      if (published.sessionId !== sessionId || published.mediaStreamId !== mediaStreamId) continue
      const isExpected = track.kind === 'audio' ? published.audio : published.video
      if (!isExpected || tracks.some(({ kind }) => kind === track.kind)) return false
      tracks.push(track)
      if (subscription.stream !== undefined) subscription.stream.addTrack(track)
      else this.#completeIfAllHere(subscription)
      return true
    }
    return false
  }

  /** Takes what the publisher says of its stream now. */
  update(published: PublishedStream): void {
    const subscription = this.#subscriptions.get(published.streamId)
    if (subscription === undefined) return
    subscription.published = published
    for (const track of [...subscription.tracks]) {
      if (track.kind === 'audio' ? published.audio : published.video) continue
      subscription.tracks.splice(subscription.tracks.indexOf(track), 1)
      subscription.stream?.removeTrack(track)
      track.stop()
    }
    if (subscription.stream === undefined) this.#completeIfAllHere(subscription)
    subscription.stream?.setMuted(published.audioMuted, published.videoMuted)
  }

  /** The stream has ended, or is not wanted any more. */
  remove(streamId: string): void {
    const subscription = this.#subscriptions.get(streamId)
    if (subscription === undefined) return
    this.#drop(subscription, new FailedError({ code: 'stream_unknown', message: 'The stream has ended.' }))
  }

  /** Another session was opened: what was subscribed to is {@link restore}d as it appears there. */
  reset(): void {
    for (const subscription of [...this.#subscriptions.values()]) {
      const { published, contact, stream, arrival } = subscription
      const key = lastingKey(published, contact)
      // Those that still wait for the stream go on waiting.
      if (stream === undefined) {
        clearTimeout(subscription.timer)
        this.#subscriptions.delete(published.streamId)
        this.#missing.set(key, arrival)
      } else {
        this.remove(published.streamId)
        this.#missing.set(key, createDeferred())
      }
    }
  }

  /** The session is in the conversation no longer. */
  clear(): void {
    for (const { published } of [...this.#subscriptions.values()]) this.remove(published.streamId)
    for (const { promise, reject } of this.#missing.values()) {
      promise.catch(() => {})
      reject(new FailedError({ code: 'stream_unknown', message: 'The stream has ended.' }))
    }
    this.#missing.clear()
    this.#switchedOff.clear()
  }

  #begin(published: PublishedStream, contact: Contact, arrival: Deferred<Stream>): Promise<Stream> {
    const subscription: Subscription = { published, contact, tracks: [], stream: undefined, arrival, timer: undefined }
    this.#subscriptions.set(published.streamId, subscription)
    this.#limit(subscription)
    const { conversation, requester } = this.#options
    requester.request({ type: 'subscribe', conversation, streamId: published.streamId }).catch((error: Error) => {
      if (!(error instanceof SessionLostError)) this.#drop(subscription, error)
    })
    return arrival.promise
  }

  /** Gives the subscription up if its media do not arrive in time; time without a connection does not count. */
  #limit(subscription: Subscription): void {
    subscription.timer = setTimeout(() => {
      const { streamId } = subscription.published
      if (this.#subscriptions.get(streamId) !== subscription) return
      const { conversation, requester, isConnected } = this.#options
      if (!isConnected()) return this.#limit(subscription)
      this.#drop(subscription, new ConnectionError('The media of the stream did not arrive'))
      requester.request({ type: 'unsubscribe', conversation, streamId }).catch(() => {})
    }, MEDIA_TIMEOUT_MS)
  }

  #completeIfAllHere(subscription: Subscription): void {
    const { published, contact, tracks, arrival } = subscription
    if (tracks.length < Number(published.audio) + Number(published.video)) return
    const { streamId, screen, audioMuted, videoMuted } = published
    const remote = { streamId, contact, screen, audioMuted, videoMuted }
    const stream = new Stream(new MediaStream(tracks), { remote })
    const switchedOff = this.#switchedOff.get(lastingKey(published, contact))
    if (switchedOff?.isAudioSwitchedOff) stream.disableAudio()
    if (switchedOff?.isVideoSwitchedOff) stream.disableVideo()
    subscription.stream = stream
    clearTimeout(subscription.timer)
    this.#options.onStreamAdded(stream)
    arrival.resolve(stream)
  }

  #drop(subscription: Subscription, error: Error): void {
    const { published, contact, stream, arrival, timer } = subscription
    if (this.#subscriptions.get(published.streamId) === subscription) this.#subscriptions.delete(published.streamId)
    clearTimeout(timer)
    arrival.reject(error)
    if (stream === undefined) return
    const { isAudioSwitchedOff, isVideoSwitchedOff } = stream
    this.#switchedOff.set(lastingKey(published, contact), { isAudioSwitchedOff, isVideoSwitchedOff })
    stream.release()
    this.#options.onStreamRemoved(stream)
  }
}

/** The same for a stream that its publisher, or this side, publishes again in another session. */
function lastingKey({ mediaStreamId }: PublishedStream, contact: Contact): string {
  return JSON.stringify([contact.getId(), mediaStreamId])
}
