import type { IceServer, Signal } from '@stagedoor/protocol'
import { negotiate } from './negotiation.ts'

export interface PeerOptions {
  /** Those that are good now: credentials of TURN end, and others come. */
  readonly iceServers: () => readonly IceServer[]
  readonly polite: boolean
  readonly send: (signal: Signal) => void
  /** Says whether the track belongs to something that this side asked for. */
  readonly accept: (track: MediaStreamTrack, mediaStreamId: string) => boolean
  readonly onError: (error: Error) => void
}

/** What is sent to a peer: some tracks, under the id of the MediaStream that they were published with. */
export interface Outgoing {
  readonly carrier: MediaStream
  readonly tracks: readonly MediaStreamTrack[]
}

interface Sending extends Outgoing {
  readonly transceivers: readonly RTCRtpTransceiver[]
}

/** The media between this session and one other. */
export class Peer {
  readonly #options: PeerOptions
  readonly #sending = new Map<string, Sending>()
  #connection: RTCPeerConnection
  #take: (signal: Signal) => void

  constructor(options: PeerOptions) {
    this.#options = options
    this.#connection = createConnection(options)
    this.#take = this.#negotiate()
  }

  receive(signal: Signal): void {
    this.#take(signal)
  }

  /**
   * Sends a stream. Each transceiver carries media one way only, so that ending one never touches what comes the other
   * way.
   */
  add(streamId: string, { carrier, tracks }: Outgoing): void {
    if (this.#sending.has(streamId)) return
    const transceivers = tracks.map((track) =>
      this.#connection.addTransceiver(track, { direction: 'sendonly', streams: [carrier] }),
    )
    this.#sending.set(streamId, { carrier, tracks, transceivers })
  }

  remove(streamId: string): void {
    for (const transceiver of this.#sending.get(streamId)?.transceivers ?? []) transceiver.stop()
    this.#sending.delete(streamId)
  }

  /** Sends other tracks of the same kinds in the place of those of a stream, without a new negotiation. */
  async replace(streamId: string, tracks: readonly MediaStreamTrack[]): Promise<void> {
    const sending = this.#sending.get(streamId)
    if (sending === undefined) return
    this.#sending.set(streamId, { ...sending, tracks })
    for (const { sender, receiver } of sending.transceivers) {
      await sender.replaceTrack(tracks.find(({ kind }) => kind === receiver.track.kind) ?? null)
    }
  }

  close(): void {
    closeConnection(this.#connection)
    this.#sending.clear()
  }

  #negotiate(): (signal: Signal) => void {
    const { polite, send, onError } = this.#options
    return negotiate(this.#connection, { polite, send, onError, startAnew: () => this.#startAnew() })
  }

  #startAnew(): (signal: Signal) => void {
    closeConnection(this.#connection)
    this.#connection = createConnection(this.#options)
    this.#take = this.#negotiate()
    const take = this.#take
    // The offer is taken first, and what is sent from here is offered after it.
    queueMicrotask(() => this.#sendAgain())
    return take
  }

  #sendAgain(): void {
    const sending = [...this.#sending]
    this.#sending.clear()
    for (const [streamId, outgoing] of sending) this.add(streamId, outgoing)
  }
}

function createConnection({ iceServers, accept }: PeerOptions): RTCPeerConnection {
  const configuration = () => ({ iceServers: iceServers() as RTCIceServer[] })
  const connection = new RTCPeerConnection(configuration())
  connection.oniceconnectionstatechange = () => {
    if (connection.iceConnectionState !== 'failed') return
    connection.setConfiguration(configuration())
    connection.restartIce()
  }
  connection.ontrack = ({ track, streams, transceiver }) => {
    const mediaStreamId = streams[0]?.id
    if (mediaStreamId !== undefined && accept(track, mediaStreamId)) return
    // Nobody can push media to this side: the answer says that it takes none of this.
    track.stop()
    transceiver.direction = 'inactive'
  }
  return connection
}

function closeConnection(connection: RTCPeerConnection): void {
  connection.onnegotiationneeded = null
  connection.onicecandidate = null
  connection.ontrack = null
  connection.oniceconnectionstatechange = null
  connection.close()
}
