import type { IceServer, Signal } from '@stagedoor/protocol'
import { negotiate } from './negotiation.ts'

export interface PeerOptions {
  readonly iceServers: readonly IceServer[]
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

/** The media between this session and one other. */
export class Peer {
  readonly #connection: RTCPeerConnection
  readonly #transceivers = new Map<string, RTCRtpTransceiver[]>()
  readonly receive: (signal: Signal) => void

  constructor({ iceServers, polite, send, accept, onError }: PeerOptions) {
    const connection = new RTCPeerConnection({
      iceServers: iceServers as RTCIceServer[],
    })
    this.#connection = connection
    this.receive = negotiate(connection, { polite, send, onError })
    connection.oniceconnectionstatechange = () => {
      if (connection.iceConnectionState === 'failed') connection.restartIce()
    }
    connection.ontrack = ({ track, streams, transceiver }) => {
      const mediaStreamId = streams[0]?.id
      if (mediaStreamId !== undefined && accept(track, mediaStreamId)) return
      // Nobody can push media to this side: the answer says that it takes none of this.
      track.stop()
      transceiver.direction = 'inactive'
    }
  }

  /**
   * Sends a stream. Each transceiver carries media one way only, so that ending one never touches what comes the other
   * way.
   */
  add(streamId: string, { carrier, tracks }: Outgoing): void {
    if (this.#transceivers.has(streamId)) return
    const transceivers = tracks.map((track) =>
      this.#connection.addTransceiver(track, { direction: 'sendonly', streams: [carrier] }),
    )
    this.#transceivers.set(streamId, transceivers)
  }

  remove(streamId: string): void {
    for (const transceiver of this.#transceivers.get(streamId) ?? []) transceiver.stop()
    this.#transceivers.delete(streamId)
  }

  /** Sends other tracks of the same kinds in the place of those of a stream, without a new negotiation. */
  async replace(streamId: string, tracks: readonly MediaStreamTrack[]): Promise<void> {
    for (const { sender, receiver } of this.#transceivers.get(streamId) ?? []) {
      const { kind } = receiver.track
      await sender.replaceTrack(tracks.find((track) => track.kind === kind) ?? null)
    }
  }

  close(): void {
    this.#connection.onnegotiationneeded = null
    this.#connection.onicecandidate = null
    this.#connection.ontrack = null
    this.#connection.oniceconnectionstatechange = null
    this.#connection.close()
    this.#transceivers.clear()
  }
}
