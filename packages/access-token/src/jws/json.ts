import { type Buffer, isUtf8 } from 'node:buffer'

/** The deepest accepted nesting of objects and arrays. */
export const MAX_JSON_DEPTH = 32

/** Any JSON value. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject
export interface JsonObject {
  readonly [name: string]: JsonValue
}

export type JsonReading =
  | { readonly ok: true; readonly value: JsonObject }
  | { readonly ok: false; readonly reason: string }

/**
 * Reads one JSON object from untrusted bytes: valid UTF-8 without a byte-order mark, unique member names at every level (RFC 7515
 * section 4, RFC 7519 section 4), at most {@link MAX_JSON_DEPTH} levels deep. `__proto__` is an ordinary member. Never throws.
 */
export function readJsonObject(bytes: Buffer): JsonReading {
  if (!isUtf8(bytes)) return refuse('is not valid UTF-8')
  const text = bytes.toString('utf8')
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('is not valid JSON')
  }
  if (!isJsonObject(value)) return refuse('is not a JSON object')
  const members = countMembers(value, 1)
  if (members === TOO_DEEP) return refuse(`is nested deeper than ${MAX_JSON_DEPTH} levels`)
  if (members !== countColons(text) && members !== countColons(withoutStrings(text))) {
    return refuse('has a duplicate member name')
  }
  return { ok: true, value }
}

/** Whether a result of `JSON.parse` is an object, and neither `null` nor an array. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function refuse(reason: string): JsonReading {
  return { ok: false, reason }
}

// In valid JSON, each member has exactly one colon outside of strings, so a text with more such colons than its value has
// members contains a duplicate. Colons inside of strings can only make the first, quick count too large.
function countColons(text: string): number {
  let count = 0
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1)) count++
  return count
}

function withoutStrings(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"/g, '')
}

const TOO_DEEP = -1

function countMembers(value: JsonObject | readonly JsonValue[], depth: number): number {
  if (depth > MAX_JSON_DEPTH) return TOO_DEEP
  const isMember = Array.isArray(value) ? 0 : 1
  let count = 0
  for (const name in value) {
    count += isMember
    const inner = (value as JsonObject)[name]
    if (typeof inner !== 'object' || inner === null) continue
    const within = countMembers(inner as JsonObject, depth + 1)
    if (within === TOO_DEEP) return TOO_DEEP
    count += within
  }
  return count
}
