import { MAX_SIGNAL_FRAME_BYTES } from '@stagedoor/protocol'
import type { WebSocket } from 'ws'

/**
 * Lets a socket that carries a session receive frames up to {@link MAX_SIGNAL_FRAME_BYTES}. Before, strangers can make the gate
 * buffer no more than a first frame. `ws` takes one limit for all sockets and keeps it in its receiver.
 *
 * Throws if the receiver has no such limit: it is not the `ws` that this was written for.
 */
export function allowSignals(socket: WebSocket): void {
  const receiver = (socket as unknown as { readonly _receiver?: { _maxPayload?: unknown } })._receiver
  if (typeof receiver?._maxPayload !== 'number') throw new Error('The receiver of this version of ws has no limit')
  receiver._maxPayload = MAX_SIGNAL_FRAME_BYTES
}
