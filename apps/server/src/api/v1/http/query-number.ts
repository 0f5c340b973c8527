import { z } from 'zod'

const INTEGER = /^-?\d{1,15}$/
const DECIMAL = /^-?\d{1,15}(\.\d{1,15})?$/

/**
 * A number in a query, written in decimal digits and nothing else: `Number` would take `0x5`, `1e3`, spaces and an empty text too.
 *
 * @param schema what it must be.
 */
export function queryNumber<T extends z.ZodNumber>(schema: T) {
  const form = schema.format === 'safeint' ? INTEGER : DECIMAL
  return z.preprocess((text) => (typeof text === 'string' && form.test(text) ? Number(text) : text), schema)
}
