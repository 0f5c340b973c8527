import { readSessionDescription, type Signal } from '@stagedoor/protocol'

type Description = Extract<Signal, { description: unknown }>['description']

/** How long the side that gives way waits for the first offer of the other side, in milliseconds. */
export const FIRST_OFFER_WAIT_MS = 3_000

export interface NegotiationOptions {
  /** Whether this side gives way where both offer at once. Exactly one of the two does. */
  readonly polite: boolean
  /** Whether the other side is about to offer, since this side has asked it for media. */
  readonly expectsOffer: () => boolean
  readonly send: (signal: Signal) => void
  /**
   * Gives way before anything has been agreed: another connection takes the place of this one. Returns what takes the
   * signals from then on, the offer first.
   */
  readonly startAnew: () => (signal: Signal) => void
  readonly onError: (error: Error) => void
}

/**
 * Perfect negotiation (W3C WebRTC 1.0, section 10.7): both sides may offer at any time. Returns what takes the signals of
 * the other side. Steps are taken one after the other, so that each finds the connection as the one before left it.
 */
export function negotiate(
  connection: RTCPeerConnection,
  { polite, expectsOffer, send, startAnew, onError }: NegotiationOptions,
): (signal: Signal) => void {
  // Candidates of an offer that was not taken. The side that gave way may keep the same transport, and then does not send
  // them again; those of another transport are not taken then either.
  const early: RTCIceCandidateInit[] = []
  let lastStep = Promise.resolve()
  let successor: ((signal: Signal) => void) | undefined

  const inTurn = (step: () => Promise<void>) => {
    lastStep = lastStep.then(step).catch((error: Error) => {
      if (connection.signalingState !== 'closed') onError(error)
    })
  }

  const describe = async () => {
    await connection.setLocalDescription()
    const description = connection.localDescription
    if (description?.type === 'offer' || description?.type === 'answer') {
      send({ description: { type: description.type, sdp: description.sdp } })
    }
  }

  let isOfferNeeded = false
  let firstOffer: 'at once' | 'waits' | 'has waited' = 'at once'
  const offer = async () => {
    // Otherwise the browser finds that an offer is needed again when the one that is under way has been answered.
    if (connection.signalingState !== 'stable' || !isOfferNeeded) return
    // If both offered at first, the connection of one of them would be built for nothing.
    const isFirst = connection.currentRemoteDescription === null
    if (polite && isFirst && firstOffer !== 'has waited' && expectsOffer()) {
      if (firstOffer === 'waits') return
      firstOffer = 'waits'
      setTimeout(() => {
        firstOffer = 'has waited'
        inTurn(offer)
      }, FIRST_OFFER_WAIT_MS)
      return
    }
    isOfferNeeded = false
    await describe()
  }

  const addCandidate = async (candidate: RTCIceCandidateInit) => {
    try {
      await connection.addIceCandidate(candidate)
    } catch {
      early.push(candidate)
    }
  }

  const takeDescription = async (description: Description) => {
    // The gate passes on nothing else, and a gate that does must not make this side receive what it cannot read.
    const read = readSessionDescription(description.sdp)
    if (read === undefined) throw new Error('The description of the other side cannot be read')
    const isOffer = description.type === 'offer'
    const isCollision = isOffer && connection.signalingState !== 'stable'
    if (isCollision && !polite) return
    // A Chromium that takes back its very first offer gathers no candidates afterwards, once in a while.
    if (isCollision && connection.currentRemoteDescription === null) {
      successor = startAnew()
      return successor({ description })
    }
    await connection.setRemoteDescription({ type: description.type, sdp: read.sdp })
    for (const candidate of early.splice(0)) await connection.addIceCandidate(candidate).catch(() => {})
    if (isOffer) await describe()
  }

  connection.onnegotiationneeded = () => {
    isOfferNeeded = true
    inTurn(offer)
  }
  connection.onicecandidate = ({ candidate }) => {
    if (candidate === null) return
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate
    send({ candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment } })
  }
  const take = async (signal: Signal) => {
    // What came right after the offer was waiting here for its turn.
    if (successor !== undefined) return successor(signal)
    if ('candidate' in signal) return addCandidate(signal.candidate as RTCIceCandidateInit)
    return takeDescription(signal.description)
  }
  return (signal) => inTurn(() => take(signal))
}
