import type { StreamInfo as PublishedStream } from '@stagedoor/protocol'
import type { Requester } from '../connection/messages.ts'
import { unlessLost } from '../connection/unless-lost.ts'
import type { Contact } from '../contact.ts'
import { ConnectionError, FailedError } from '../errors.ts'
import { Stream } from '../media/stream.ts'

const MEDIA_TIMEOUT_MS = 20_000

interface Subscription {
  /** As its publisher described it last. */
  published: PublishedStream
  readonly contact: Contact
  readonly tracks: MediaStreamTrack[]
  /** Undefined until all its tracks have arrived. */
  stream: Stream | undefined
  readonly resolve: (stream: Stream) => void
  readonly reject: (error: Error) => void
  readonly arrival: Promise<Stream>
}

export interface SubscriptionsOptions {
  readonly conversation: string
  readonly requester: Requester
  readonly onStreamAdded: (stream: Stream) => void
  readonly onStreamRemoved: (stream: Stream) => void
}

/** The streams of others that this session receives in one conversation. */
export class Subscriptions {
  readonly #options: SubscriptionsOptions
  readonly #subscriptions = new Map<string, Subscription>()

  constructor(options: SubscriptionsOptions) {
    this.#options = options
  }

  /** Whether a stream of that session is subscribed to. */
  expects(sessionId: string): boolean {
    return [...this.#subscriptions.values()].some(({ published }) => published.sessionId === sessionId)
  }

  /**
   * Resolves when the tracks have arrived, with the same stream however often it is asked for. Rejects with a FailedError
   * where the stream ends before, and with a ConnectionError where its media does not come within 20 s.
   */
  subscribe(published: PublishedStream, contact: Contact): Promise<Stream> {
    const known = this.#subscriptions.get(published.streamId)
    if (known !== undefined) return known.arrival
    if (globalThis.RTCPeerConnection === undefined) return Promise.reject(new Error('There is no WebRTC here'))
    const { promise: arrival, resolve, reject } = withResolvers<Stream>()
    const subscription: Subscription = { published, contact, tracks: [], stream: undefined, resolve, reject, arrival }
    this.#subscriptions.set(published.streamId, subscription)
    this.#request(subscription)
    return arrival
  }

  async unsubscribe(streamId: string): Promise<void> {
    if (!this.#subscriptions.has(streamId)) return
    this.remove(streamId)
    const { conversation, requester } = this.#options
    await unlessLost(requester.request({ type: 'unsubscribe', conversation, streamId }))
  }

  /** Takes a track that arrived. Says whether it belongs to a stream that is subscribed to. */
  take(sessionId: string, mediaStreamId: string, track: MediaStreamTrack): boolean {
    for (const subscription of this.#subscriptions.values()) {
      const { published, tracks } = subscription
      if (published.sessionId !== sessionId || published.mediaStreamId !== mediaStreamId) continue
      const isExpected = track.kind === 'audio' ? published.audio : published.video
      if (!isExpected || tracks.some(({ kind }) => kind === track.kind)) return false
      tracks.push(track)
      if (tracks.length === Number(published.audio) + Number(published.video)) this.#complete(subscription)
      return true
    }
    return false
  }

  /** Takes what the publisher says of its stream now. */
  update(published: PublishedStream): void {
    const subscription = this.#subscriptions.get(published.streamId)
    if (subscription === undefined) return
    subscription.published = published
    subscription.stream?.setMuted(published.audioMuted, published.videoMuted)
  }

  /** The stream has ended, or is not wanted any more. */
  remove(streamId: string): void {
    const subscription = this.#subscriptions.get(streamId)
    if (subscription === undefined) return
    this.#drop(subscription, new FailedError({ code: 'stream_unknown', message: 'The stream has ended.' }))
  }

  /** Ends all of them. Returns which streams they were of, by keys that outlive the session. */
  clear(): string[] {
    const all = [...this.#subscriptions.values()]
    for (const { published } of all) this.remove(published.streamId)
    return all.map(({ published, contact }) => lastingKey(published, contact))
  }

  #request(subscription: Subscription): void {
    const { conversation, requester } = this.#options
    const { streamId } = subscription.published
    const timer = setTimeout(() => {
      if (this.#subscriptions.get(streamId) !== subscription) return
      this.#drop(subscription, new ConnectionError('The media of the stream did not arrive'))
      requester.request({ type: 'unsubscribe', conversation, streamId }).catch(() => {})
    }, MEDIA_TIMEOUT_MS)
    const stopWaiting = () => clearTimeout(timer)
    subscription.arrival.then(stopWaiting, stopWaiting)
    requester
      .request({ type: 'subscribe', conversation, streamId })
      .catch((error: Error) => this.#drop(subscription, error))
  }

  #complete(subscription: Subscription): void {
    const { published, contact, tracks, resolve } = subscription
    const { streamId, screen, audioMuted, videoMuted } = published
    const remote = { streamId, contact, screen, audioMuted, videoMuted }
    const stream = new Stream(new MediaStream(tracks), { remote })
    subscription.stream = stream
    this.#options.onStreamAdded(stream)
    resolve(stream)
  }

  #drop(subscription: Subscription, error: Error): void {
    const { published, stream, reject } = subscription
    if (this.#subscriptions.get(published.streamId) === subscription) this.#subscriptions.delete(published.streamId)
    reject(error)
    if (stream === undefined) return
    stream.release()
    this.#options.onStreamRemoved(stream)
  }
}

/** The same for a stream that its publisher, or this side, publishes again after coming back. */
export function lastingKey({ mediaStreamId }: PublishedStream, contact: Contact): string {
  return JSON.stringify([contact.getId(), mediaStreamId])
}

function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<Value>((onResolve, onReject) => {
    resolve = onResolve
    reject = onReject
  })
  return { promise, resolve, reject }
}
