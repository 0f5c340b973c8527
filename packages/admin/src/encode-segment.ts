// A lone surrogate, for which encodeURIComponent() throws.
const LONE_SURROGATE = /\p{Cs}/gu
const DOTS = /^\.{1,2}$/

/**
 * Encodes a name as one path segment.
 *
 * @throws {RangeError} for `.` and `..`, which a path cannot contain, encoded or not (WHATWG URL). No name on a platform is one of these.
 */
export function encodeSegment(name: string): string {
  if (DOTS.test(name)) throw new RangeError(`"${name}" cannot be part of a path`)
  return encodeURIComponent(name.replace(LONE_SURROGATE, '\ufffd'))
}
