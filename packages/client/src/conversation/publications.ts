import type { StreamDescription } from '@stagedoor/protocol'
import type { Requester } from '../connection/messages.ts'
import { Waiting } from '../deferred.ts'
import { ConnectionError, SessionLostError, SupersededError } from '../errors.ts'
import type { WaitOptions } from '../limit-wait.ts'
import type { Stream } from '../media/stream.ts'
import type { Mesh } from '../peer/mesh.ts'
import { Reconciler } from '../reconciler.ts'

/** What of a stream to publish. Default: everything that it has. */
export interface PublishOptions extends WaitOptions {
  readonly audioOnly?: boolean | undefined
  readonly videoOnly?: boolean | undefined
}

/** Why a stream is not published any more, though the application did not unpublish it. */
export interface PublicationEnd {
  readonly stream: Stream
  /**
   * `stopped`: all its tracks have ended, or it was released. `not_permitted`: a renewed token does not allow it any more. `refused`: it
   * could not be published again after the connection was lost; `error` says why.
   */
  readonly reason: 'stopped' | 'not_permitted' | 'refused'
  readonly error?: Error
}

/** What the application wants of one stream, and what the gate knows of it. */
interface Publication {
  stream: Stream
  options: PublishOptions
  /** Under whose id the tracks travel, though they may have been replaced since. */
  readonly carrier: MediaStream
  isWanted: boolean
  /** Undefined while the gate does not have it. */
  streamId: string | undefined
  /** The description that the gate has. */
  told: StreamDescription | undefined
  readonly reconciler: Reconciler
  readonly waiting: Waiting<void>
  unlisten: () => void
}

export interface PublicationsOptions {
  readonly conversation: string
  readonly requester: Requester
  readonly mesh: Pick<Mesh, 'send' | 'update' | 'stopSending' | 'stopSendingToAll'>
  /** Whether the session is in the conversation at this moment. */
  readonly isIn: () => boolean
  readonly onEnded: (end: PublicationEnd) => void
}

/**
 * The streams that the application wants to publish in one conversation. Calls only change what is wanted; one loop per stream brings
 * the gate to that, one request at a time, so the last call wins.
 */
export class Publications {
  readonly #options: PublicationsOptions
  readonly #publications = new Map<Stream, Publication>()

  constructor(options: PublicationsOptions) {
    this.#options = options
  }

  has(stream: Stream): boolean {
    return this.#publications.get(stream)?.isWanted === true
  }

  /** The stream that was published under this id. */
  ofStreamId(streamId: string): Stream | undefined {
    return this.#byStreamId(streamId)?.stream
  }

  /** Resolves when the gate has the stream. */
  async publish(stream: Stream, options: PublishOptions): Promise<void> {
    if (stream.isRemote) throw new TypeError('The stream of a contact cannot be published')
    if (tracksOf(stream, options).length === 0) throw new TypeError('The stream has no live track to publish')
    const publication = this.#publications.get(stream) ?? this.#create(stream, options)
    publication.isWanted = true
    publication.options = options
    const published = publication.streamId === undefined ? publication.waiting.add() : undefined
    void publication.reconciler.run()
    await published
  }

  /** Resolves when the gate does not have the stream any more. Nobody receives it from now on. */
  async unpublish(stream: Stream): Promise<void> {
    const publication = this.#publications.get(stream)
    if (publication === undefined) return
    publication.isWanted = false
    publication.waiting.reject(new SupersededError('The stream was unpublished before it was published'))
    if (publication.streamId !== undefined) this.#options.mesh.stopSendingToAll(publication.streamId)
    await publication.reconciler.run()
  }

  /** Publishes one stream in place of another. Where both have the same kinds of media, receivers keep the stream that they have. */
  async replace(old: Stream, stream: Stream): Promise<void> {
    const publication = this.#publications.get(old)
    if (publication?.isWanted !== true) throw new Error('The stream to replace is not published')
    if (old === stream) return
    if (this.has(stream)) return this.unpublish(old)
    if (tracksOf(stream, publication.options).length === 0)
      throw new TypeError('The stream has no live track to publish')
    if (old.isScreensharing() !== stream.isScreensharing()) {
      await this.publish(stream, publication.options)
      return this.unpublish(old)
    }
    publication.unlisten()
    this.#publications.delete(old)
    publication.stream = stream
    this.#listen(publication)
    await publication.reconciler.run()
  }

  /** The session is in the conversation: brings the gate to what is wanted. */
  sync(): void {
    for (const publication of [...this.#publications.values()]) void publication.reconciler.run()
  }

  /** Another session was opened, in which nothing is published. */
  reset(): void {
    for (const publication of [...this.#publications.values()]) {
      publication.streamId = undefined
      publication.told = undefined
      if (!publication.isWanted) this.#forget(publication)
    }
  }

  /** The gate says that this stream is to be sent to that session. */
  subscribed(streamId: string, subscriber: string): void {
    const publication = this.#byStreamId(streamId)
    if (publication?.isWanted !== true) return
    const { stream, options, carrier } = publication
    this.#options.mesh.send(subscriber, streamId, { carrier, tracks: tracksOf(stream, options) })
  }

  unsubscribed(streamId: string, subscriber: string): void {
    this.#options.mesh.stopSending(subscriber, streamId)
  }

  /** The gate has removed the stream: it may not be published any more. */
  withdrawn(streamId: string): void {
    const publication = this.#byStreamId(streamId)
    this.#options.mesh.stopSendingToAll(streamId)
    if (publication === undefined) return
    this.#forget(publication)
    if (publication.isWanted) this.#options.onEnded({ stream: publication.stream, reason: 'not_permitted' })
  }

  /** The session has left the conversation, and with it everything that it published. */
  clear(): void {
    for (const publication of [...this.#publications.values()]) {
      this.#forget(publication)
      publication.isWanted = false
      publication.waiting.reject(new SupersededError('The conversation was left before the stream was published'))
    }
  }

  #create(stream: Stream, options: PublishOptions): Publication {
    const publication: Publication = {
      stream,
      options,
      carrier: stream.getData(),
      isWanted: true,
      streamId: undefined,
      told: undefined,
      reconciler: new Reconciler(() => this.#advance(publication)),
      waiting: new Waiting(),
      unlisten: () => {},
    }
    this.#listen(publication)
    return publication
  }

  #listen(publication: Publication): void {
    const { stream } = publication
    const sync = () => void publication.reconciler.run()
    const removals = [
      stream.on('muteChanged', sync),
      stream.on('trackStopped', sync),
      stream.on('tracksChanged', sync),
      stream.on('stopped', sync),
    ]
    publication.unlisten = () => {
      for (const remove of removals) remove()
    }
    this.#publications.set(stream, publication)
  }

  /** Brings the gate one step nearer to what is wanted of a stream. Returns whether it is there. Never rejects. */
  async #advance(publication: Publication): Promise<boolean> {
    const { stream, options, isWanted } = publication
    if (this.#publications.get(stream) !== publication) return true
    if (isWanted && tracksOf(stream, options).length === 0) this.#stopped(publication)
    if (!this.#options.isIn()) {
      if (!publication.isWanted) this.#forget(publication)
      return true
    }
    try {
      return await this.#step(publication)
    } catch (error) {
      // Another session was opened, and knows nothing of the stream: on from there.
      if (error instanceof SessionLostError) return false
      this.#fail(publication, error as Error)
      return true
    }
  }

  /** Makes the next request that is needed. Returns whether none was. */
  async #step(publication: Publication): Promise<boolean> {
    const { conversation, requester, mesh } = this.#options
    const { stream, options, carrier, streamId, told, isWanted } = publication
    if (!isWanted) {
      if (streamId !== undefined) await requester.request({ type: 'unpublish', conversation, streamId })
      publication.streamId = undefined
      if (publication.isWanted) return false
      this.#forget(publication)
      return true
    }
    const description = describe(stream, options, carrier)
    if (streamId === undefined) {
      await requester.request({ type: 'publish', conversation, stream: description }, (published) => {
        publication.streamId = published.streamId
        publication.told = description
        if (publication.isWanted) publication.waiting.resolve()
      })
      return false
    }
    mesh.update(streamId, { carrier, tracks: tracksOf(stream, options) })
    if (told === undefined || areAlike(told, description)) return true
    const { audioMuted, videoMuted } = description
    if (areAlike({ ...told, audioMuted, videoMuted }, description)) {
      await requester.request({ type: 'mute', conversation, streamId, audioMuted, videoMuted })
    } else await requester.request({ type: 'update_stream', conversation, streamId, stream: description })
    publication.told = description
    return false
  }

  #stopped(publication: Publication): void {
    publication.isWanted = false
    publication.waiting.reject(new Error('The tracks of the stream have ended'))
    if (publication.streamId !== undefined) this.#options.mesh.stopSendingToAll(publication.streamId)
    this.#options.onEnded({ stream: publication.stream, reason: 'stopped' })
  }

  #fail(publication: Publication, error: Error): void {
    this.#forget(publication)
    const { stream, waiting, isWanted, streamId } = publication
    if (streamId !== undefined) this.#options.mesh.stopSendingToAll(streamId)
    if (waiting.size > 0) waiting.reject(error)
    // Where the session has ended, its end is announced.
    else if (isWanted && !(error instanceof ConnectionError)) {
      this.#options.onEnded({ stream, reason: 'refused', error })
    }
  }

  #forget(publication: Publication): void {
    publication.unlisten()
    if (this.#publications.get(publication.stream) === publication) this.#publications.delete(publication.stream)
  }

  #byStreamId(streamId: string): Publication | undefined {
    for (const publication of this.#publications.values()) if (publication.streamId === streamId) return publication
    return undefined
  }
}

function tracksOf(stream: Stream, { audioOnly = false, videoOnly = false }: PublishOptions): MediaStreamTrack[] {
  const mediaStream = stream.getData()
  const tracks = [
    ...(videoOnly ? [] : mediaStream.getAudioTracks()),
    ...(audioOnly ? [] : mediaStream.getVideoTracks()),
  ]
  return tracks.filter(({ readyState }) => readyState !== 'ended')
}

function describe(stream: Stream, options: PublishOptions, carrier: MediaStream): StreamDescription {
  const kinds = tracksOf(stream, options).map(({ kind }) => kind)
  const video = kinds.includes('video')
  return {
    mediaStreamId: carrier.id,
    audio: kinds.includes('audio'),
    video,
    screen: video && stream.isScreensharing(),
    audioMuted: stream.isAudioMuted(),
    videoMuted: stream.isVideoMuted(),
  }
}

function areAlike(one: StreamDescription, other: StreamDescription): boolean {
  return (Object.keys(one) as (keyof StreamDescription)[]).every((name) => one[name] === other[name])
}
