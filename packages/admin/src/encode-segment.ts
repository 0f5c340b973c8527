// A lone surrogate, which encodeURIComponent() throws on.
const LONE_SURROGATE = /\p{Cs}/gu
const DOTS = /^\.{1,2}$/

/**
 * Encodes a name as one segment of a path.
 *
 * @throws {RangeError} for `.` and `..`, which no path can hold, encoded or not (WHATWG URL); no name on a platform is one.
 */
export function encodeSegment(name: string): string {
  if (DOTS.test(name)) throw new RangeError(`"${name}" cannot be part of a path`)
  return encodeURIComponent(name.replace(LONE_SURROGATE, '\ufffd'))
}
