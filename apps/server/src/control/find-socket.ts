import { connect } from 'node:net'
import { join, relative, resolve } from 'node:path'

/** The longest path that a Unix domain socket can have, in bytes: 104 on macOS and 108 on Linux, less the end mark. */
export const MAX_SOCKET_PATH_BYTES = 103

/** Where the control socket of a data folder is. */
export function socketPathOf(dataFolder: string): string {
  return join(resolve(dataFolder), 'control.sock')
}

/** The same path in the fewest bytes, by which a socket deep in the tree can be reached from near by. */
export function shortest(path: string): string {
  const near = relative('', path)
  return near.length < path.length ? near : path
}

export type SocketState = 'live' | 'left behind' | 'absent'

/** Whether somebody listens at a socket. One that nobody listens at was left behind in a crash. */
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

// EAGAIN: the queue of whoever listens is full.
const STATES: Readonly<Record<string, SocketState>> = { ENOENT: 'absent', ECONNREFUSED: 'left behind', EAGAIN: 'live' }

export function isNobodyThere({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ECONNREFUSED'
}
