import { z } from 'zod'

const INTEGER = /^-?\d{1,15}$/
const DECIMAL = /^-?\d{1,15}(\.\d{1,15})?$/

/**
 * A number in a query, in decimal digits only: `Number` would also accept `0x5`, `1e3`, spaces and an empty text.
 *
 * @param schema the constraints of the number.
 */
export function queryNumber<T extends z.ZodNumber>(schema: T) {
  const form = schema.format === 'safeint' ? INTEGER : DECIMAL
  return z.preprocess((text) => (typeof text === 'string' && form.test(text) ? Number(text) : text), schema)
}
