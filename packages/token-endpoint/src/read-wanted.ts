import { MAX_NAME_LENGTH } from '@stagedoor/access-token'
import type { TokenProblem } from './problem.ts'

/** What a page requests for its token. Only `grants` decides. */
export interface Wanted {
  /** The conversation that the page wants to join. */
  readonly conversation?: string
}

/** The maximum size of a request body, in bytes. */
export const MAX_BODY_BYTES = 4_096

type Reading = { readonly ok: true; readonly wanted: Wanted } | { readonly ok: false; readonly problem: TokenProblem }

const MALFORMED = 'Send a JSON object, empty or with the name of a conversation: {"conversation": "…"}.'

/** Reads the body of a request, up to the limit. */
export async function readWanted(request: Request): Promise<Reading> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    return refuse({
      status: 415,
      code: 'content_type_refused',
      detail: 'Send JSON, with content-type: application/json.',
    })
  }
  const text = await readText(request)
  if (text === undefined) {
    return refuse({ status: 413, code: 'body_too_large', detail: `Send ${MAX_BODY_BYTES} bytes at the most.` })
  }
  const wanted = parseWanted(text)
  return wanted === undefined
    ? refuse({ status: 400, code: 'body_malformed', detail: MALFORMED })
    : { ok: true, wanted }
}

function refuse(problem: TokenProblem): Reading {
  return { ok: false, problem }
}

async function readText({ headers, body }: Request): Promise<string | undefined> {
  if (Number(headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return undefined
  if (body === null) return ''
  const chunks: Uint8Array[] = []
  let length = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    length += value.byteLength
    if (length > MAX_BODY_BYTES) {
      await reader.cancel().catch(() => {})
      return undefined
    }
    chunks.push(value)
  }
  const whole = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return new TextDecoder().decode(whole)
}

function parseWanted(text: string): Wanted | undefined {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const { conversation, ...others } = value as Record<string, unknown>
  if (Object.keys(others).length > 0) return undefined
  if (conversation === undefined) return {}
  const isName = typeof conversation === 'string' && conversation !== '' && conversation.length <= MAX_NAME_LENGTH
  return isName ? { conversation } : undefined
}
