import type { Signal } from '@stagedoor/protocol'

export interface NegotiationOptions {
  /** Whether this side gives way where both offer at once. Exactly one of the two does. */
  readonly polite: boolean
  readonly send: (signal: Signal) => void
  readonly onError: (error: Error) => void
}

/**
 * Perfect negotiation (W3C WebRTC 1.0, section 10.7): both sides may offer at any time. Returns what takes the signals of
 * the other side.
 */
export function negotiate(
  connection: RTCPeerConnection,
  { polite, send, onError }: NegotiationOptions,
): (signal: Signal) => Promise<void> {
  let makingOffer = false
  let ignoringOffer = false
  let settingAnswer = false

  const describe = async () => {
    await connection.setLocalDescription()
    const description = connection.localDescription
    if (description?.type === 'offer' || description?.type === 'answer') {
      send({ description: { type: description.type, sdp: description.sdp } })
    }
  }

  connection.onnegotiationneeded = async () => {
    makingOffer = true
    try {
      await describe()
    } catch (error) {
      report(error)
    } finally {
      makingOffer = false
    }
  }

  connection.onicecandidate = ({ candidate }) => {
    if (candidate === null) return
    const { sdpMid, sdpMLineIndex, usernameFragment } = candidate
    send({ candidate: { candidate: candidate.candidate, sdpMid, sdpMLineIndex, usernameFragment } })
  }

  const report = (error: unknown) => {
    if (connection.signalingState !== 'closed') onError(error as Error)
  }

  const take = async (signal: Signal) => {
    if ('candidate' in signal) {
      try {
        await connection.addIceCandidate(signal.candidate as RTCIceCandidateInit)
      } catch (error) {
        // The candidates of an offer that was not taken have nothing to belong to.
        if (!ignoringOffer) throw error
      }
      return
    }
    const { description } = signal
    const isStable = connection.signalingState === 'stable' || settingAnswer
    ignoringOffer = !polite && description.type === 'offer' && (makingOffer || !isStable)
    if (ignoringOffer) return
    settingAnswer = description.type === 'answer'
    try {
      await connection.setRemoteDescription(description)
    } finally {
      settingAnswer = false
    }
    if (description.type === 'offer') await describe()
  }

  return (signal) => take(signal).catch(report)
}
