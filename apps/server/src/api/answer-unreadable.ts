import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { problemCode, problemDetail } from '../problem.ts'

const STATUS_OF: Readonly<Record<string, number>> = {
  ERR_HTTP_REQUEST_TIMEOUT: 408,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  HPE_HEADER_OVERFLOW: 431,
}

const HEADERS = {
  'content-type': 'application/problem+json',
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
}

/** Responds with a problem to input that the HTTP parser cannot read (the `clientError` of `node:http`), and closes the connection. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  // The peer may be gone when the response is written: without a listener, that would end the process.
  socket.on('error', () => socket.destroy())
  if (error.code === 'ECONNRESET' || !socket.writable || hasAnswerBegun(socket)) {
    socket.destroy()
    return
  }
  const status = STATUS_OF[error.code ?? ''] ?? 400
  const body = write(status)
  const head = Object.entries({ ...HEADERS, 'content-length': Buffer.byteLength(body), connection: 'close' })
  const lines = head.map(([name, value]) => `${name}: ${value}\r\n`).join('')
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines}\r\n${body}`, () => socket.destroy())
}

/** Responds with a problem where `node:http` would respond without a body. */
export function answerUnmetExpectations(http: FastifyInstance): void {
  http.server.on('checkExpectation', (_request: IncomingMessage, response: ServerResponse) => {
    const body = write(417)
    response.writeHead(417, { ...HEADERS, 'content-length': Buffer.byteLength(body), connection: 'close' }).end(body)
  })
}

function write(status: number): string {
  const title = STATUS_CODES[status] ?? 'Bad request'
  return JSON.stringify({ title, status, code: problemCode(status), detail: problemDetail(status) })
}

// Node.js checks the same internal field before it writes: a response in the middle of another would be read as part of it.
function hasAnswerBegun(socket: Socket): boolean {
  const { _httpMessage } = socket as { _httpMessage?: ServerResponse | null }
  return _httpMessage?.headersSent === true
}
