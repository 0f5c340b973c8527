/** The three parts of a JWS in the compact serialization (RFC 7515 section 7.1), still encoded. */
export interface CompactParts {
  readonly header: string
  readonly payload: string
  readonly signature: string
  /** The signed text: the encoded header, a dot, the encoded payload. */
  readonly signingInput: string
}

/** Splits a token into exactly three parts, or returns `undefined`. Looks for at most three dots, however long the text is. */
export function splitCompact(jws: string): CompactParts | undefined {
  const first = jws.indexOf('.')
  const second = first === -1 ? -1 : jws.indexOf('.', first + 1)
  if (second === -1 || jws.indexOf('.', second + 1) !== -1) return undefined
  return {
    header: jws.slice(0, first),
    payload: jws.slice(first + 1, second),
    signature: jws.slice(second + 1),
    signingInput: jws.slice(0, second),
  }
}
