/** The depth to which a hook's result is searched for promises: a list of grants, and the fields of each. */
const DEPTH = 3

/**
 * Handles the rejection of every promise in a hook's result. If the result contains a promise instead of a value (`{ id: lookUp() }`,
 * `list.map(async …)`), the value is refused, and nothing else awaits the promise. An unhandled rejection ends the process.
 */
export function ignoreRejections(value: unknown, depth = DEPTH): void {
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Promise) value.catch(() => {})
  else if (depth > 0) for (const inner of Object.values(value)) ignoreRejections(inner, depth - 1)
}
