import { Buffer } from 'node:buffer'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Fastify, { type FastifyInstance } from 'fastify'
import type { Log } from '../observe/log.ts'
import { problem } from '../problem.ts'
import { StoreDownError } from '../store-down.ts'
import { ANSWERS, type Answers, type ControlContext } from './answer.ts'
import { claimSocket, FolderTakenError } from './claim-socket.ts'
import { MAX_SOCKET_PATH_BYTES, shortest, socketPathOf } from './find-socket.ts'
import { type BodyOf, REQUESTS, type RequestName } from './requests.ts'

const BODY_LIMIT_BYTES = 256 * 1024

/**
 * Listens on the control socket of a data folder, for its owner only: anyone who can connect can send any request. If there can be no such
 * socket, the platform runs without it and logs that. Returns a function that closes it.
 *
 * @throws {FolderTakenError} if another server runs on the folder.
 */
export async function openControl(
  dataFolder: string,
  { log, ...context }: ControlContext & { readonly log: Log },
): Promise<() => Promise<void>> {
  const http = createControl(context)
  try {
    const giveUp = await listen(http, socketPathOf(dataFolder))
    return async () => {
      giveUp()
      await http.close()
    }
  } catch (error) {
    await http.close()
    if (error instanceof FolderTakenError) throw error
    log.warn(error, 'there is no control socket: no command can ask this server anything')
    return async () => {}
  }
}

// The socket is created in a folder that only its owner can enter, so nobody connects before its mode is set.
async function listen(http: FastifyInstance, path: string): Promise<() => void> {
  const folder = dirname(path)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const draft = mkdtempSync(join(folder, '.control-'))
  try {
    const bound = join(draft, 's')
    await http.listen({ path: requireFit(shortest(bound)) })
    chmodSync(bound, 0o600)
    return await claimSocket(bound, path)
  } finally {
    rmSync(draft, { recursive: true })
  }
}

function createControl(context: ControlContext): FastifyInstance {
  const http = Fastify({ bodyLimit: BODY_LIMIT_BYTES, forceCloseConnections: true })
  for (const name of Object.keys(REQUESTS) as RequestName[]) serve(http, context, name)
  http.setNotFoundHandler((_request, reply) => problem(reply, 404, 'Not found', 'This server knows no such request.'))
  http.setErrorHandler((error: { statusCode?: number }, _request, reply) => {
    if (error instanceof StoreDownError) return problem(reply, 503, 'Unavailable', error.message)
    const status = error.statusCode ?? 500
    return status < 500
      ? problem(reply, status, 'Bad request', 'The body is not one that this server understands.')
      : problem(reply, status, 'Fault', 'The server could not answer.')
  })
  return http
}

const answers: Answers = ANSWERS

function serve<N extends RequestName>(http: FastifyInstance, context: ControlContext, name: N): void {
  http.post(`/${name}`, async (request, reply) => {
    const body = REQUESTS[name].body.safeParse(request.body)
    if (!body.success) {
      const [issue] = body.error.issues
      return problem(reply, 400, 'Bad request', `${issue?.path.join('.') || 'body'}: ${issue?.message}`)
    }
    return answers[name](context, body.data as BodyOf<N>)
  })
}

function requireFit(path: string): string {
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH_BYTES) return path
  throw new Error(`The path of the data folder is too long for a socket in it: ${path}`)
}
