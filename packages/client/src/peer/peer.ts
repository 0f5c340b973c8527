import type { IceServer, Signal } from '@stagedoor/protocol'
import { negotiate } from './negotiation.ts'

/**
 * How far the media connection with one other session is. `restarting`: it was lost, and another way is looked for; `failed`: none was
 * found yet, and the search goes on.
 */
export type PeerState = 'connecting' | 'connected' | 'restarting' | 'failed'

export interface PeerOptions {
  /** Those that are valid now: credentials of TURN expire, and others are sent. */
  readonly iceServers: () => readonly IceServer[]
  readonly polite: boolean
  readonly expectsOffer: () => boolean
  readonly send: (signal: Signal) => void
  /** Returns whether the track belongs to something that this side asked for. */
  readonly accept: (track: MediaStreamTrack, mediaStreamId: string) => boolean
  readonly onState: (state: PeerState) => void
  readonly onError: (error: Error) => void
}

/** What is sent to a peer: some tracks, under the id of the MediaStream that they were published with. */
export interface Outgoing {
  readonly carrier: MediaStream
  readonly tracks: readonly MediaStreamTrack[]
}

interface Sending {
  readonly carrier: MediaStream
  /** One for each kind. */
  readonly transceivers: Map<string, RTCRtpTransceiver>
}

/** The media between this session and one other. */
export class Peer {
  readonly #options: PeerOptions
  readonly #sending = new Map<string, Sending>()
  #connection: RTCPeerConnection
  #take: (signal: Signal) => void
  #state: PeerState = 'connecting'

  constructor(options: PeerOptions) {
    this.#options = options
    this.#connection = this.#createConnection()
    this.#take = this.#negotiate()
  }

  receive(signal: Signal): void {
    this.#take(signal)
  }

  /** Sends a stream, unless it does already. */
  add(streamId: string, outgoing: Outgoing): void {
    if (this.#sending.has(streamId)) return
    this.#sending.set(streamId, { carrier: outgoing.carrier, transceivers: new Map() })
    this.update(streamId, outgoing.tracks)
  }

  remove(streamId: string): void {
    for (const transceiver of this.#sending.get(streamId)?.transceivers.values() ?? []) transceiver.stop()
    this.#sending.delete(streamId)
  }

  /**
   * Sends these tracks of a stream, and no others. A track takes the place of one of the same kind without a new negotiation. Each
   * transceiver carries media one way only, so that ending one never touches what comes the other way.
   */
  update(streamId: string, tracks: readonly MediaStreamTrack[]): void {
    const sending = this.#sending.get(streamId)
    if (sending === undefined) return
    const { carrier, transceivers } = sending
    for (const [kind, transceiver] of transceivers) {
      if (tracks.some((track) => track.kind === kind)) continue
      transceiver.stop()
      transceivers.delete(kind)
    }
    for (const track of tracks) {
      const transceiver = transceivers.get(track.kind)
      if (transceiver === undefined) {
        const added = this.#connection.addTransceiver(track, { direction: 'sendonly', streams: [carrier] })
        transceivers.set(track.kind, added)
      } else if (transceiver.sender.track !== track) {
        transceiver.sender.replaceTrack(track).catch(this.#options.onError)
      }
    }
  }

  /** Looks for another way if the media are not connected: the network may have changed. */
  revive(): void {
    const { iceConnectionState } = this.#connection
    if (iceConnectionState === 'disconnected' || iceConnectionState === 'failed') this.#restart()
  }

  close(): void {
    closeConnection(this.#connection)
    this.#sending.clear()
  }

  #createConnection(): RTCPeerConnection {
    const { accept } = this.#options
    const connection = new RTCPeerConnection(this.#configuration())
    connection.oniceconnectionstatechange = () => this.#iceChanged()
    connection.ontrack = ({ track, streams, transceiver }) => {
      const mediaStreamId = streams[0]?.id
      if (mediaStreamId !== undefined && accept(track, mediaStreamId)) return
      // Nobody can push media to this side: the answer says that it takes none of this.
      track.stop()
      transceiver.direction = 'inactive'
    }
    return connection
  }

  #configuration(): RTCConfiguration {
    return { iceServers: this.#options.iceServers() as RTCIceServer[] }
  }

  #iceChanged(): void {
    const { iceConnectionState } = this.#connection
    if (iceConnectionState === 'connected' || iceConnectionState === 'completed') this.#enter('connected')
    else if (iceConnectionState === 'disconnected') this.#enter('restarting')
    else if (iceConnectionState === 'failed') {
      this.#enter('failed')
      this.#restart()
    }
  }

  #restart(): void {
    this.#enter('restarting')
    this.#connection.setConfiguration(this.#configuration())
    this.#connection.restartIce()
  }

  #enter(state: PeerState): void {
    if (this.#state === state) return
    this.#state = state
    this.#options.onState(state)
  }

  #negotiate(): (signal: Signal) => void {
    const { polite, expectsOffer, send, onError } = this.#options
    const startAnew = () => this.#startAnew()
    return negotiate(this.#connection, { polite, expectsOffer, send, onError, startAnew })
  }

  #startAnew(): (signal: Signal) => void {
    closeConnection(this.#connection)
    this.#connection = this.#createConnection()
    this.#take = this.#negotiate()
    const take = this.#take
    // The offer is taken first, and what is sent from here is offered after it.
    queueMicrotask(() => this.#sendAgain())
    return take
  }

  #sendAgain(): void {
    for (const [streamId, { carrier, transceivers }] of [...this.#sending]) {
      const tracks = [...transceivers.values()].map(({ sender }) => sender.track).filter((track) => track !== null)
      this.#sending.delete(streamId)
      this.add(streamId, { carrier, tracks })
    }
  }
}

function closeConnection(connection: RTCPeerConnection): void {
  connection.onnegotiationneeded = null
  connection.onicecandidate = null
  connection.ontrack = null
  connection.oniceconnectionstatechange = null
  connection.close()
}
