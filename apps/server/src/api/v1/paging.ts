import { z } from 'zod'
import { Fault } from './fault.ts'

/** The most items of one page, and how many there are where nobody says. */
export const MAX_PAGE = 100
export const DEFAULT_PAGE = 50

export const pageQuerySchema = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_PAGE).default(DEFAULT_PAGE).describe('How many at most.'),
  cursor: z.string().max(1_024).optional().describe('`nextCursor` of the page before.'),
})

export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item).readonly(),
    nextCursor: z.string().nullable().describe('Where the next page begins; null where there is none.'),
  })
}

/** A page that says how many items there are on all pages. */
export function countedPageSchema<T extends z.ZodType>(item: T) {
  return pageSchema(item).extend({ total: z.int().describe('On all pages.') })
}

/** Whether a part of a name is in one of several, in whatever case; without a part, each is found. */
export function isFound(part: string | undefined, ...names: readonly string[]): boolean {
  if (part === undefined) return true
  const wanted = part.toLowerCase()
  return names.some((name) => name.toLowerCase().includes(wanted))
}

export interface PageQuery {
  readonly limit: number
  readonly cursor?: string | undefined
}

/**
 * One page of a list that is in memory.
 *
 * @param items in the order of their places.
 * @param placeOf where an item stands: it never changes, so that no page misses or repeats one that stayed.
 */
export function pageOf<T>(items: readonly T[], placeOf: (item: T) => string, { limit, cursor }: PageQuery) {
  const after = cursor === undefined ? undefined : readCursor(cursor)
  const rest = after === undefined ? items : items.filter((item) => placeOf(item) > after)
  const page = rest.slice(0, limit)
  const last = page.at(-1)
  return { items: page, nextCursor: last !== undefined && rest.length > limit ? writeCursor(placeOf(last)) : null }
}

export function writeCursor(place: string): string {
  return Buffer.from(place).toString('base64url')
}

export function readCursor(cursor: string): string {
  const place = Buffer.from(cursor, 'base64url').toString()
  if (place === '' || writeCursor(place) !== cursor) {
    throw new Fault(400, 'malformed', 'This cursor is none that this API has given.')
  }
  return place
}

/** A place by time, of whatever unit, and then by name, which sorts as text. */
export function placeInTime(at: number, name: string): string {
  return `${String(Math.floor(at)).padStart(15, '0')} ${name}`
}
