/** The contents of a token, not verified. */
export type ReadToken =
  | { readonly ok: true; readonly header: JsonObject; readonly claims: JsonObject }
  | { readonly ok: false; readonly reason: string }

export type JsonObject = Readonly<Record<string, unknown>>

const PARTS = ['header', 'claims'] as const

/** Decodes a token in compact form (RFC 7515 section 7.1) without verifying it. Ignores blanks and a `Bearer` prefix. */
export function readToken(pasted: string): ReadToken {
  const text = pasted.trim().replace(/^Bearer\s+/i, '')
  const parts = text.split('.')
  if (parts.length !== 3) {
    return { ok: false, reason: `A token has three parts, separated by dots; this one has ${parts.length}.` }
  }
  const read: Partial<Record<(typeof PARTS)[number], JsonObject>> = {}
  for (const [at, name] of PARTS.entries()) {
    const object = readPart(parts[at] ?? '')
    if (object === undefined)
      return { ok: false, reason: `The ${name} could not be decoded: expected JSON in base64url.` }
    read[name] = object
  }
  return { ok: true, header: read.header ?? {}, claims: read.claims ?? {} }
}

function readPart(part: string): JsonObject | undefined {
  if (!/^[\w-]+$/.test(part)) return undefined
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0))
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
  } catch {
    return undefined
  }
}

/** Returns the user id in the claims, or `undefined` for a wildcard token and for one that names no user. */
export function userOf({ grants }: JsonObject): string | undefined {
  if (typeof grants !== 'object' || grants === null) return undefined
  const id: unknown = (grants as JsonObject)['apiRTC_UserAgent_Id']
  return typeof id === 'string' && id !== '' && id !== 'ApiKey_Token' ? id : undefined
}
