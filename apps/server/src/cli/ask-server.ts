import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { isNobodyThere, shortest, socketPathOf } from '../control/find-socket.ts'
import { type AnswerOf, type BodyOf, REQUESTS, type RequestName } from '../control/requests.ts'
import { awaitResponse, DEADLINE_PASSED } from '../outbound/await-response.ts'
import { CliError } from './output.ts'

// A running server answers in milliseconds, or when the store does; one that is stopped in a debugger never does.
const PATIENCE_SECONDS = 15

/** Asks the server that runs on a data folder. */
export async function askServer<N extends RequestName>(data: string, name: N, body: BodyOf<N>): Promise<AnswerOf<N>> {
  const answer = await askServerIfAny(data, name, body)
  if (answer !== undefined) return answer
  throw new CliError(`No server runs on the data folder ${data}, and only a running one knows. See: stagedoor serve`)
}

/** The same, and nothing where no server runs. */
export async function askServerIfAny<N extends RequestName>(
  data: string,
  name: N,
  body: BodyOf<N>,
): Promise<AnswerOf<N> | undefined> {
  const response = await post(socketPathOf(data), `/${name}`, JSON.stringify(body))
  if (response === undefined) return undefined
  const value = readJson(response.text)
  if (response.status !== 200) throw new CliError(`The running server refuses: ${detailOf(value)}`)
  const answer = REQUESTS[name].answer.safeParse(value)
  if (answer.success) return answer.data as AnswerOf<N>
  throw new CliError('The running server is of another version than this command. Restart it')
}

async function post(
  socketPath: string,
  path: string,
  body: string,
): Promise<{ readonly status: number | undefined; readonly text: string } | undefined> {
  const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
  const asking = request({ socketPath: shortest(socketPath), path, method: 'POST', headers })
  const answered = awaitResponse(asking, { deadlineSeconds: PATIENCE_SECONDS })
  asking.end(body)
  try {
    const response = await answered
    return { status: response.statusCode, text: await text(response) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (isNobodyThere(error as NodeJS.ErrnoException)) return undefined
    if (code === 'EACCES') throw new CliError(`You may not use ${socketPath}: ask as the user who runs it`)
    if (code === DEADLINE_PASSED) throw new CliError('The running server does not answer')
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
  return isProblem ? String(value.detail) : 'it gives no reason'
}
