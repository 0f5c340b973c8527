import { request } from 'node:http'
import { isNobodyThere, shortest, socketPathOf } from '../control/find-socket.ts'
import { type AnswerOf, type BodyOf, REQUESTS, type RequestName } from '../control/requests.ts'
import { CliError } from './output.ts'

// A running server answers in milliseconds, or when the store does; one that is stopped in a debugger never does.
const PATIENCE_MS = 15_000

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

function post(
  socketPath: string,
  path: string,
  body: string,
): Promise<{ readonly status: number | undefined; readonly text: string } | undefined> {
  return new Promise((answer, fail) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const asking = request({
      socketPath: shortest(socketPath),
      path,
      method: 'POST',
      headers,
      timeout: PATIENCE_MS,
    })
    asking.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('end', () => answer({ status: response.statusCode, text }))
    })
    asking.on('timeout', () => asking.destroy(new CliError('The running server does not answer')))
    asking.on('error', (error: NodeJS.ErrnoException) => {
      if (isNobodyThere(error)) answer(undefined)
      else if (error.code === 'EACCES') fail(new CliError(`You may not use ${socketPath}: ask as the user who runs it`))
      else fail(error)
    })
    asking.end(body)
  })
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
