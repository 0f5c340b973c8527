import { z } from 'zod'
import { ProblemError } from './problem-error.ts'
import { queryNumber } from './query-number.ts'

/** The most items of one page, and the default. */
export const MAX_PAGE = 100
export const DEFAULT_PAGE = 50
/** A cursor contains the sort value: the longest is the URL of an endpoint, or a user id in any script. */
const MAX_CURSOR_LENGTH = 4_096

export const pageQuerySchema = z.strictObject({
  limit: queryNumber(z.int().min(1).max(MAX_PAGE)).default(DEFAULT_PAGE).describe('The most items to return.'),
  cursor: z.string().max(MAX_CURSOR_LENGTH).optional().describe('`nextCursor` of the page before.'),
})

export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item).readonly(),
    nextCursor: z.string().nullable().describe('Pass it as `cursor` to get the next page. Null on the last page.'),
  })
}

/** A page that includes the total over all pages. */
export function countedPageSchema<T extends z.ZodType>(item: T) {
  return pageSchema(item).extend({ total: z.int().describe('Over all pages.') })
}

/** Whether one of several names contains a text, ignoring case; without a text, always. */
export function isFound(part: string | undefined, ...names: readonly string[]): boolean {
  if (part === undefined) return true
  const wanted = part.toLowerCase()
  return names.some((name) => name.toLowerCase().includes(wanted))
}

export interface PageQuery {
  readonly limit: number
  readonly cursor?: string | undefined
}

export function writeCursor(place: string): string {
  return Buffer.from(place).toString('base64url')
}

export function readCursor(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString()
  if (place === '' || writeCursor(place) !== cursor) {
    throw new ProblemError(400, 'malformed', 'This cursor is none that this API has given.')
  }
  return place
}
