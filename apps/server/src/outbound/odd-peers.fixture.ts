import { createServer, type Socket } from 'node:net'
import { onTestFinished } from 'vitest'

const EVERY_MS = 5

function repeat(socket: Socket, text: string): void {
  const timer = setInterval(() => socket.write(text), EVERY_MS)
  socket.once('close', () => clearInterval(timer))
}

/** What a peer does after a request, without sending a response. */
export const NO_ANSWERS: Readonly<Record<string, (socket: Socket) => void>> = {
  'says nothing': () => {},
  'closes at once': (socket) => socket.end(),
  'resets the connection': (socket) => socket.resetAndDestroy(),
  'switches protocols': (socket) =>
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'),
  'switches protocols and goes on talking': (socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n')
    repeat(socket, 'and so on')
  },
  'switches protocols and resets': (socket) => {
    socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n', () =>
      socket.resetAndDestroy(),
    )
  },
  'sends interim answers without end': (socket) => repeat(socket, 'HTTP/1.1 102 Processing\r\n\r\n'),
  'stops within the status line': (socket) => socket.write('HTTP/1.1 20'),
  'sends a head without end': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\n')
    repeat(socket, 'x: y\r\n')
  },
  'does not speak HTTP': (socket) => socket.write('220 mail.example ESMTP\r\n'),
}

/** What a peer does after the head of a valid response. */
export const BAD_BODIES: Readonly<Record<string, (socket: Socket) => void>> = {
  'never begins': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n'),
  'stops in between': (socket) => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{'),
  'is cut off': (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{'),
  'is reset': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{', () => setTimeout(() => socket.resetAndDestroy(), 20))
  },
  'trickles without end': (socket) => {
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n')
    repeat(socket, '1\r\n{\r\n')
  },
  'is not chunked as it says': (socket) => socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'),
}

/** A peer that behaves like this. Returns its URL and the number of open connections. */
export async function startPeer(behave: (socket: Socket) => void) {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    socket.on('error', () => {}).on('close', () => open.delete(socket))
    socket.once('data', () => behave(socket))
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  onTestFinished(() => {
    for (const socket of open) socket.destroy()
    server.close()
  })
  const { port } = server.address() as { port: number }
  return { url: `http://127.0.0.1:${port}/`, open }
}
