import type { StreamDescription } from '@stagedoor/protocol'
import type { Requester } from '../connection/messages.ts'
import { unlessLost } from '../connection/unless-lost.ts'
import { ConnectionError } from '../errors.ts'
import type { Stream } from '../media/stream.ts'
import type { Mesh } from '../peer/mesh.ts'

/** What of a stream to publish. Default: all that it has. */
export interface PublishOptions {
  readonly audioOnly?: boolean
  readonly videoOnly?: boolean
}

interface Publication {
  readonly stream: Stream
  readonly options: PublishOptions
  readonly description: StreamDescription
  /** Under whose id the tracks travel, though they may have been replaced since. */
  readonly carrier: MediaStream
  readonly tellMuted: () => void
  /** Undefined while the gate has not answered yet. */
  streamId: string | undefined
}

export interface PublicationsOptions {
  readonly conversation: string
  readonly requester: Requester
  readonly mesh: Pick<Mesh, 'send' | 'stopSending' | 'stopSendingToAll' | 'replace'>
  readonly onError: (error: Error) => void
}

/** The streams that this session publishes in one conversation. */
export class Publications {
  readonly #options: PublicationsOptions
  readonly #published = new Map<Stream, Publication>()

  constructor(options: PublicationsOptions) {
    this.#options = options
  }

  has(stream: Stream): boolean {
    return this.#published.has(stream)
  }

  /** The stream that was published under this id. */
  ofStreamId(streamId: string): Stream | undefined {
    return this.#byStreamId(streamId)?.stream
  }

  async publish(stream: Stream, options: PublishOptions): Promise<void> {
    if (stream.isRemote) throw new TypeError('The stream of a contact cannot be published')
    if (this.has(stream)) return
    const publication = this.#create(stream, options, stream.getData())
    try {
      await this.#announce(publication)
    } catch (error) {
      this.#forget(publication)
      throw error
    }
  }

  async unpublish(stream: Stream): Promise<void> {
    const publication = this.#published.get(stream)
    if (publication === undefined) return
    this.#forget(publication)
    const { conversation, requester, mesh } = this.#options
    const { streamId } = publication
    if (streamId === undefined) return
    mesh.stopSendingToAll(streamId)
    await unlessLost(requester.request({ type: 'unpublish', conversation, streamId }))
  }

  /**
   * Where both have the same kinds of media, the tracks change places without the others noticing; otherwise the new stream
   * is published and then the old one is not any more.
   */
  async replace(old: Stream, stream: Stream): Promise<void> {
    const before = this.#published.get(old)
    if (before === undefined) throw new Error('The stream to replace is not published')
    if (old === stream) return
    const { streamId, options, description, carrier } = before
    const after = describe(stream, options, carrier)
    const sameKinds = (['audio', 'video', 'screen'] as const).every((kind) => after[kind] === description[kind])
    if (streamId === undefined || !sameKinds) {
      await this.publish(stream, options)
      return this.unpublish(old)
    }
    this.#forget(before)
    const publication = this.#create(stream, options, carrier)
    publication.streamId = streamId
    await this.#options.mesh.replace(streamId, tracksOf(stream, options))
    publication.tellMuted()
  }

  /** Publishes all of them again after a new session was opened. Drops those that are refused. */
  async restore(): Promise<void> {
    for (const publication of [...this.#published.values()]) {
      if (!this.has(publication.stream)) continue
      publication.streamId = undefined
      try {
        await this.#announce(publication)
      } catch (error) {
        if (error instanceof ConnectionError) throw error
        this.#forget(publication)
        this.#options.onError(error as Error)
      }
    }
  }

  /** The gate says that this stream is to be sent to that session. */
  subscribed(streamId: string, subscriber: string): void {
    const publication = this.#byStreamId(streamId)
    if (publication === undefined) return
    const { stream, options, carrier } = publication
    this.#options.mesh.send(subscriber, streamId, { carrier, tracks: tracksOf(stream, options) })
  }

  /** The gate took the stream back: it may not be published any more. */
  withdrawn(streamId: string): void {
    const publication = this.#byStreamId(streamId)
    if (publication !== undefined) this.#forget(publication)
    this.#options.mesh.stopSendingToAll(streamId)
  }

  unsubscribed(streamId: string, subscriber: string): void {
    this.#options.mesh.stopSending(subscriber, streamId)
  }

  clear(): void {
    for (const publication of [...this.#published.values()]) this.#forget(publication)
  }

  #create(stream: Stream, options: PublishOptions, carrier: MediaStream): Publication {
    const publication: Publication = {
      stream,
      options,
      description: describe(stream, options, carrier),
      carrier,
      tellMuted: () => this.#tellMuted(publication),
      streamId: undefined,
    }
    this.#published.set(stream, publication)
    stream.on('muteChanged', publication.tellMuted)
    return publication
  }

  async #announce(publication: Publication): Promise<void> {
    const { conversation, requester } = this.#options
    const { stream, options, carrier } = publication
    const description = describe(stream, options, carrier)
    await requester.request({ type: 'publish', conversation, stream: description }, ({ streamId }) => {
      publication.streamId = streamId
    })
    const { isUnpublished, isMuteStale } = this.#meanwhile(publication, description)
    if (isMuteStale) publication.tellMuted()
    const { streamId } = publication
    if (isUnpublished && streamId !== undefined) {
      await unlessLost(requester.request({ type: 'unpublish', conversation, streamId }))
    }
  }

  /** What the application did while the gate had not answered yet. */
  #meanwhile(publication: Publication, told: StreamDescription) {
    const { stream } = publication
    const isUnpublished = this.#published.get(stream) !== publication
    const isMuted = stream.isAudioMuted() !== told.audioMuted || stream.isVideoMuted() !== told.videoMuted
    return { isUnpublished, isMuteStale: !isUnpublished && isMuted }
  }

  #tellMuted({ stream, streamId }: Publication): void {
    if (streamId === undefined) return
    const { conversation, requester, onError } = this.#options
    const [audioMuted, videoMuted] = [stream.isAudioMuted(), stream.isVideoMuted()]
    unlessLost(requester.request({ type: 'mute', conversation, streamId, audioMuted, videoMuted })).catch(onError)
  }

  #forget(publication: Publication): void {
    publication.stream.removeListener('muteChanged', publication.tellMuted)
    if (this.#published.get(publication.stream) === publication) this.#published.delete(publication.stream)
  }

  #byStreamId(streamId: string): Publication | undefined {
    for (const publication of this.#published.values()) if (publication.streamId === streamId) return publication
    return undefined
  }
}

function tracksOf(stream: Stream, { audioOnly = false, videoOnly = false }: PublishOptions): MediaStreamTrack[] {
  const mediaStream = stream.getData()
  return [...(videoOnly ? [] : mediaStream.getAudioTracks()), ...(audioOnly ? [] : mediaStream.getVideoTracks())]
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
