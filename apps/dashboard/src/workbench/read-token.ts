/** What a token says, before anybody has looked whether it is true. */
export type ReadToken =
  | { readonly ok: true; readonly header: JsonObject; readonly claims: JsonObject }
  | { readonly ok: false; readonly reason: string }

export type JsonObject = Readonly<Record<string, unknown>>

const PARTS = ['header', 'claims'] as const

/** Reads a token in compact form (RFC 7515 section 7.1), without verifying it. What is pasted around it is left out. */
export function readToken(pasted: string): ReadToken {
  const text = pasted.trim().replace(/^Bearer\s+/i, '')
  const parts = text.split('.')
  if (parts.length !== 3) {
    return { ok: false, reason: `A token has three parts with dots between them; this has ${parts.length}.` }
  }
  const read: Partial<Record<(typeof PARTS)[number], JsonObject>> = {}
  for (const [at, name] of PARTS.entries()) {
    const object = readPart(parts[at] ?? '')
    if (object === undefined)
      return { ok: false, reason: `Its ${name} cannot be read: they are not JSON in base64url.` }
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

/** The user whom a token names; none where it names any or says nothing of it. */
export function userOf({ grants }: JsonObject): string | undefined {
  if (typeof grants !== 'object' || grants === null) return undefined
  const id: unknown = (grants as JsonObject)['apiRTC_UserAgent_Id']
  return typeof id === 'string' && id !== '' && id !== 'ApiKey_Token' ? id : undefined
}
