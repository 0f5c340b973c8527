import type { Duplex } from 'node:stream'

/** How long the client of a refused upgrade has to read the answer and hang up, in milliseconds. */
export const REFUSED_LINGER_MS = 2_000

/**
 * Answers an upgrade that is refused, and closes its socket. After an upgrade nothing else listens to the socket (Node.js
 * takes its own listeners off), so a reset by the client would otherwise end the process.
 *
 * @param status such as `404 Not Found`.
 */
export function refuseUpgrade(socket: Duplex, status: string): void {
  // An error is followed by the end of the socket, which is all that is left to do here.
  socket.on('error', () => {})
  const timer = setTimeout(() => socket.destroy(), REFUSED_LINGER_MS)
  socket.once('close', () => clearTimeout(timer))
  // Read, so that the end of the client is seen; what was not read would turn the close into a reset that loses the answer.
  socket.resume()
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
}
