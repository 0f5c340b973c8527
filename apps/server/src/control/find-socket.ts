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

/** Whether somebody listens at a socket. One that nobody listens at was left behind. */
export function isListenedAt(path: string): Promise<boolean> {
  return new Promise((answer, fail) => {
    const socket = connect(shortest(path))
    socket.once('connect', () => {
      socket.destroy()
      answer(true)
    })
    socket.once('error', (error: NodeJS.ErrnoException) => {
      if (isNobodyThere(error)) answer(false)
      // The queue of whoever listens is full.
      else if (error.code === 'EAGAIN') answer(true)
      else fail(error)
    })
  })
}

export function isNobodyThere({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ENOENT' || code === 'ECONNREFUSED'
}
