/** How deep promises are looked for in what a hook returned: in a list of grants, in the fields of each. */
const DEPTH = 3

/**
 * Handles the rejection of every promise in what a hook returned: where a promise stands instead of a value (`{ id: lookUp() }`,
 * `list.map(async …)`), the value is refused, and nobody else waits for the promise. A rejection that nobody handles ends the
 * process.
 */
export function ignoreRejections(value: unknown, depth = DEPTH): void {
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Promise) value.catch(() => {})
  else if (depth > 0) for (const inner of Object.values(value)) ignoreRejections(inner, depth - 1)
}
