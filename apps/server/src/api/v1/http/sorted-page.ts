import { z } from 'zod'
import { type PageQuery, readCursor, writeCursor } from './paging.ts'
import { ProblemError } from './problem-error.ts'

/** The sort value of an item, and its id as a tie-breaker: together, they are unique. */
type Place = readonly [value: string | number, id: string]

/** The sort orders of a list: each name for ascending, and with a `-` for descending. */
export function sortSchema<N extends string, D extends N | `-${N}`>(names: readonly N[], byDefault: D) {
  const ways = names.flatMap((name) => [name, `-${name}` as const])
  return z
    .enum(ways as [N | `-${N}`, ...(N | `-${N}`)[]])
    .default(byDefault as never)
    .describe('With `-`: the greatest first.')
}

interface Sorting<T, N extends string> {
  /** The sort values of each item. */
  readonly by: Readonly<Record<N, (item: T) => string | number>>
  readonly idOf: (item: T) => string
}

interface SortedQuery<N extends string> extends PageQuery {
  readonly sort: N | `-${N}`
}

/**
 * One page of a list in memory, in any order, and the total over all pages. Items that stay in place are neither omitted nor repeated. Only
 * the page is sorted, so a long list costs one look at each item.
 */
export function sortedPageOf<T, N extends string>(
  items: Iterable<T>,
  { by, idOf }: Sorting<T, N>,
  { limit, cursor, sort }: SortedQuery<N>,
): { readonly items: readonly T[]; readonly nextCursor: string | null; readonly total: number } {
  const read = by[sort.replace(/^-/, '') as N]
  const direction = sort.startsWith('-') ? -1 : 1
  const after = cursor === undefined ? undefined : readPlace(cursor, sort)
  const compare = (one: Place, other: Place) => direction * comparePlaces(one, other)
  const first: { item: T; place: Place }[] = []
  let total = 0
  for (const item of items) {
    total++
    const place: Place = [read(item), idOf(item)]
    if (after !== undefined && compare(place, after) <= 0) continue
    const last = first[limit]
    if (last !== undefined && compare(place, last.place) >= 0) continue
    insert(first, { item, place }, (one, other) => compare(one.place, other.place))
    if (first.length > limit + 1) first.pop()
  }
  const page = first.slice(0, limit)
  const end = page.at(-1)
  const nextCursor =
    end !== undefined && first.length > limit ? writeCursor(JSON.stringify([sort, ...end.place])) : null
  return { items: page.map(({ item }) => item), nextCursor, total }
}

function comparePlaces([value, id]: Place, [otherValue, otherId]: Place): number {
  if (value !== otherValue) return value < otherValue ? -1 : 1
  return id === otherId ? 0 : id < otherId ? -1 : 1
}

function insert<T>(sorted: T[], item: T, compare: (one: T, other: T) => number): void {
  let [from, to] = [0, sorted.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if (compare(sorted[middle] as T, item) < 0) from = middle + 1
    else to = middle
  }
  sorted.splice(from, 0, item)
}

interface StoredSorting<T, I> {
  readonly idSchema: z.ZodType<I>
  /** The items after one, in the requested order; without one, from the first. */
  readonly list: (asked: { readonly after: I | undefined; readonly limit: number }) => Promise<readonly T[]>
  readonly idOf: (item: T) => I
}

/** One page of a list that the store keeps in the order of its ids, in any order. */
export async function storedPageOf<T, I>(
  { idSchema, list, idOf }: StoredSorting<T, I>,
  { limit, cursor, sort }: SortedQuery<string>,
): Promise<{ readonly items: readonly T[]; readonly nextCursor: string | null }> {
  const after = cursor === undefined ? undefined : read(z.tuple([z.literal(sort), idSchema]), cursor)[1]
  const found = await list({ after, limit: limit + 1 })
  const items = found.slice(0, limit)
  const last = items.at(-1)
  const isMore = found.length > limit && last !== undefined
  return { items, nextCursor: isMore ? writeCursor(JSON.stringify([sort, idOf(last)])) : null }
}

function readPlace(cursor: string, sort: string): Place {
  const [, value, id] = read(z.tuple([z.literal(sort), z.union([z.string(), z.number()]), z.string()]), cursor)
  return [value, id]
}

function read<T>(schema: z.ZodType<T>, cursor: string): T {
  const said = schema.safeParse(parse(readCursor(cursor)))
  if (said.success) return said.data
  throw new ProblemError(
    400,
    'malformed',
    'This cursor is none that this API has given for this list, sorted as it is.',
  )
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
