import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { commandLine } from '../../command-line.ts'
import { isNobodyThere, shortest, socketPathOf } from '../../control/find-socket.ts'
import { type AnswerOf, type BodyOf, REQUESTS, type RequestName } from '../../control/requests.ts'
import { awaitResponse, DEADLINE_PASSED } from '../../outbound/await-response.ts'
import { CliError } from '../output/print.ts'
import { requirePlatform } from './store.ts'

// A server answers in milliseconds, or as soon as its store does. A process paused in a debugger never does.
const TIMEOUT_SECONDS = 15

/** Sends a request to the server that runs on a data folder. Throws if there is none. */
export async function askServer<N extends RequestName>(data: string, name: N, body: BodyOf<N>): Promise<AnswerOf<N>> {
  const answer = await askServerIfAny(data, name, body)
  if (answer !== undefined) return answer
  requirePlatform({ data })
  throw new CliError(
    `No server runs on the data folder ${data}, and this command needs one. Start it: ${commandLine('serve')}`,
  )
}

/** Sends a request to the server that runs on a data folder. Returns undefined if there is none. */
export async function askServerIfAny<N extends RequestName>(
  data: string,
  name: N,
  body: BodyOf<N>,
): Promise<AnswerOf<N> | undefined> {
  const response = await post(socketPathOf(data), `/${name}`, JSON.stringify(body))
  if (response === undefined) return undefined
  const value = readJson(response.text)
  if (response.status !== 200) throw new CliError(`The running server rejected the request: ${detailOf(value)}`)
  const answer = REQUESTS[name].answer.safeParse(value)
  if (answer.success) return answer.data as AnswerOf<N>
  throw new CliError('The running server has a different version than this command. Restart the server')
}

async function post(
  socketPath: string,
  path: string,
  body: string,
): Promise<{ readonly status: number | undefined; readonly text: string } | undefined> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const asking = request({ socketPath: shortest(socketPath), path, method: 'POST', headers })
  const answered = awaitResponse(asking, { deadlineSeconds: TIMEOUT_SECONDS })
  asking.end(body)
  try {
    const response = await answered
    return { status: response.statusCode, text: await text(response) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (isNobodyThere(error as NodeJS.ErrnoException)) return undefined
    if (code === 'EACCES')
      throw new CliError(`No permission to use ${socketPath}. Run the command as the user that runs the server`)
    if (code === DEADLINE_PASSED) throw new CliError(`The running server did not answer within ${TIMEOUT_SECONDS} s`)
    throw error
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function detailOf(value: unknown): string {
  const isProblem = typeof value === 'object' && value !== null && 'detail' in value
  return isProblem ? String(value.detail) : 'no reason given'
}
