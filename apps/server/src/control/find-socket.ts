import { connect } from 'node:net'
import { join, relative, resolve } from 'node:path'

/** The longest path of a Unix domain socket, in bytes: 104 on macOS and 108 on Linux, minus the terminator. */
export const MAX_SOCKET_PATH_BYTES = 103

/** The path of a data folder's control socket. */
export function socketPathOf(dataFolder: string): string {
  return join(resolve(dataFolder), 'control.sock')
}

/** The same path in the fewest bytes, so that a socket deep in the tree can be reached from nearby. */
export function shortest(path: string): string {
  const near = relative('', path)
  return near.length < path.length ? near : path
}

export type SocketState = 'live' | 'left behind' | 'absent'

/** Whether anyone listens on a socket. Otherwise, it was left behind by a crash. */
export function probe(path: string): Promise<SocketState> {
  return new Promise((answer, fail) => {
    const socket = connect(shortest(path))
    socket.once('connect', () => {
      socket.destroy()
      answer('live')
    })
    socket.on('error', (error: NodeJS.ErrnoException) => {
      const state = STATES[error.code ?? '']
      if (state === undefined) fail(error)
      else answer(state)
    })
  })
}

// EAGAIN: the listener's queue is full.
const STATES: Readonly<Record<string, SocketState>> = { ENOENT: 'absent', ECONNREFUSED: 'left behind', EAGAIN: 'live' }

export function isNobodyThere({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ECONNREFUSED'
}
