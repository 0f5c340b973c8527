import { type Kysely, type RawBuilder, type SelectQueryBuilder, sql, type Transaction } from 'kysely'
import {
  type Discarded,
  MAX_DELETED_AT_ONCE,
  MAX_STORED,
  MAX_STORED_PER_API_KEY,
  type RefusalPlace,
  type RefusalSelection,
  type RefusalSort,
  type RefusalStore,
  type RefusalToWrite,
} from '../../refusal-log/refusal-store.ts'
import type { RefusalRecord } from '../../refusal-log/report.ts'
import type { RefusalRow, Tables } from '../tables.ts'

const COLUMN_OF = {
  lastAt: 'last_at_ms',
  firstAt: 'first_at_ms',
  count: 'count',
  userId: 'user_id_lower',
  code: 'code',
} as const satisfies Readonly<Record<RefusalSort, keyof RefusalRow>>

/** The most rows in one statement: each has twelve values, and SQLite accepts 32,766 in total. */
const MAX_ROWS_OF_STATEMENT = 500

/** The queries of refusals, the same on every engine. Not counted as changes: other processes do not need to notice. */
export function refusalQueries(db: Kysely<Tables>): RefusalStore {
  return {
    async writeRefusals(batch, discarded) {
      const names = [...new Set([...batch.map(({ record }) => record.apiKey), ...discarded.keys()])]
      if (names.length === 0) return
      await db.transaction().execute(async (transaction) => {
        const known = await existing(transaction, names)
        const rows = batch.filter(({ record }) => known.has(record.apiKey)).map(writeRow)
        for (let at = 0; at < rows.length; at += MAX_ROWS_OF_STATEMENT) {
          await upsert(transaction, rows.slice(at, at + MAX_ROWS_OF_STATEMENT))
        }
        for (const [apiKey, what] of discarded) if (known.has(apiKey)) await addDiscarded(transaction, apiKey, what)
      })
    },

    async findRefusal(refusalId) {
      // One after the other: together, no index could serve the search on every engine.
      for (const column of ['refusal_id', 'latest_refusal_id'] as const) {
        const row = await db.selectFrom('refusal').select('record').where(column, '=', refusalId).executeTakeFirst()
        if (row !== undefined) return readRecord(row)
      }
      return undefined
    },

    async listRefusals({ sort, isDescending, after, limit, ...selection }) {
      const column = COLUMN_OF[sort]
      const direction = isDescending ? 'desc' : 'asc'
      let query = select(db.selectFrom('refusal').select('record'), selection)
        .orderBy(column, direction)
        .orderBy('refusal_id', direction)
        .limit(limit)
      if (after !== undefined) query = query.where(isBeyond(column, after, isDescending))
      return (await query.execute()).map(readRecord)
    },

    async countRefusals(selection) {
      const counted = db.selectFrom('refusal').select(({ fn }) => fn.countAll<number>().as('count'))
      return Number((await select(counted, selection).executeTakeFirstOrThrow()).count)
    },

    placeOf(record, sort) {
      return [writeRow({ record, isProven: true })[COLUMN_OF[sort]], record.refusalId]
    },

    async trimRefusals(apiKeys) {
      const bounds = apiKeys.flatMap((apiKey) => [1, 0].map((isProven) => ({ apiKey, isProven })))
      for (const { apiKey, isProven } of bounds) {
        if (await trim(db, { apiKey, isProven, most: MAX_STORED_PER_API_KEY })) return true
      }
      for (const isProven of [1, 0]) {
        if (await trim(db, { apiKey: undefined, isProven, most: MAX_STORED })) return true
      }
      return false
    },

    async forgetRefusals(before, now) {
      return db.transaction().execute(async (transaction) => {
        const deleted = await deleteFirst(transaction, sql`last_at_ms < ${toMs(before)}`)
        await transaction
          .insertInto('refusal_log')
          .values({ id: 1, kept_since_ms: toMs(now) })
          .onConflict((conflict) => conflict.column('id').doNothing())
          .execute()
        await transaction
          .updateTable('refusal_log')
          .set({ kept_since_ms: toMs(before) })
          .where('kept_since_ms', '<', toMs(before))
          .execute()
        await transaction.deleteFrom('discarded_refusals').where('last_at_ms', '<', toMs(before)).execute()
        return deleted.length === MAX_DELETED_AT_ONCE
      })
    },

    async refusalsKeptSince() {
      const row = await db.selectFrom('refusal_log').select('kept_since_ms').executeTakeFirst()
      return row && row.kept_since_ms / 1_000
    },

    async discardedRefusals(apiKey, since) {
      let query = db
        .selectFrom('discarded_refusals')
        .select(({ fn }) => [
          fn.sum<number | null>('count').as('count'),
          fn.min<number | null>('first_at_ms').as('first'),
          fn.max<number | null>('last_at_ms').as('last'),
        ])
        .where('last_at_ms', '>=', toMs(since))
      if (apiKey !== undefined) query = query.where('api_key', '=', apiKey)
      const { count, first, last } = await query.executeTakeFirstOrThrow()
      if (count === null || first === null || last === null) return undefined
      return { count: Number(count), firstAt: Number(first) / 1_000, lastAt: Number(last) / 1_000 }
    },
  }
}

async function existing(transaction: Transaction<Tables>, names: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await transaction.selectFrom('api_key').select('api_key').where('api_key', 'in', names).execute()
  return new Set(rows.map(({ api_key }) => api_key))
}

async function upsert(transaction: Transaction<Tables>, rows: readonly RefusalRow[]): Promise<void> {
  await transaction
    .insertInto('refusal')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('refusal_id').doUpdateSet(({ ref }) => ({
        latest_refusal_id: ref('excluded.latest_refusal_id'),
        last_at_ms: ref('excluded.last_at_ms'),
        count: ref('excluded.count'),
        record: ref('excluded.record'),
      })),
    )
    .execute()
}

async function addDiscarded(
  transaction: Transaction<Tables>,
  apiKey: string,
  { count, firstAt, lastAt }: Discarded,
): Promise<void> {
  const row = { api_key: apiKey, count, first_at_ms: toMs(firstAt), last_at_ms: toMs(lastAt) }
  await transaction
    .insertInto('discarded_refusals')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('api_key').doUpdateSet((to) => ({
        count: to('discarded_refusals.count', '+', to.ref('excluded.count')),
        first_at_ms: to
          .case()
          .when('excluded.first_at_ms', '<', to.ref('discarded_refusals.first_at_ms'))
          .then(to.ref('excluded.first_at_ms'))
          .else(to.ref('discarded_refusals.first_at_ms'))
          .end(),
        last_at_ms: to
          .case()
          .when('excluded.last_at_ms', '>', to.ref('discarded_refusals.last_at_ms'))
          .then(to.ref('excluded.last_at_ms'))
          .else(to.ref('discarded_refusals.last_at_ms'))
          .end(),
      })),
    )
    .execute()
}

function select<T>(
  query: SelectQueryBuilder<Tables, 'refusal', T>,
  { apiKey, code, userId, search, origin, since, until }: RefusalSelection,
): SelectQueryBuilder<Tables, 'refusal', T> {
  let selected = query
  if (apiKey !== undefined) selected = selected.where('api_key', '=', apiKey)
  if (code !== undefined) selected = selected.where('code', '=', code)
  if (userId !== undefined) selected = selected.where('user_id', '=', userId)
  if (origin !== undefined) selected = selected.where('origin', '=', origin)
  if (since !== undefined) selected = selected.where('last_at_ms', '>=', toMs(since))
  if (until !== undefined) selected = selected.where('first_at_ms', '<', toMs(until))
  if (search !== undefined) {
    const part = `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
    selected = selected.where(sql<boolean>`user_id_lower like ${part} escape '\\'`)
  }
  return selected
}

function isBeyond(column: string, [value, refusalId]: RefusalPlace, isDescending: boolean): RawBuilder<boolean> {
  return sql<boolean>`(${sql.ref(column)}, refusal_id) ${sql.raw(isDescending ? '<' : '>')} (${value}, ${refusalId})`
}

interface Bound {
  readonly apiKey: string | undefined
  readonly isProven: number
  readonly most: number
}

/** Deletes refusals beyond a limit, and counts them as discarded. Returns whether there are more. */
function trim(db: Kysely<Tables>, { apiKey, isProven, most }: Bound): Promise<boolean> {
  return db.transaction().execute(async (transaction) => {
    let beyond = transaction
      .selectFrom('refusal')
      .select(['last_at_ms', 'refusal_id'])
      .where('is_proven', '=', isProven)
      .orderBy('last_at_ms', 'desc')
      .orderBy('refusal_id', 'desc')
      .limit(1)
      .offset(most)
    if (apiKey !== undefined) beyond = beyond.where('api_key', '=', apiKey)
    const first = await beyond.executeTakeFirst()
    if (first === undefined) return false
    const ofKey = apiKey === undefined ? sql`` : sql`api_key = ${apiKey} and `
    const deleted = await deleteFirst(
      transaction,
      sql`${ofKey}is_proven = ${isProven} and (last_at_ms, refusal_id) <= (${first.last_at_ms}, ${first.refusal_id})`,
    )
    for (const [owner, what] of countByApiKey(deleted)) await addDiscarded(transaction, owner, what)
    return deleted.length === MAX_DELETED_AT_ONCE
  })
}

type Deleted = Pick<RefusalRow, 'api_key' | 'first_at_ms' | 'last_at_ms'>

/** Deletes the oldest refusals that match a condition, at most {@link MAX_DELETED_AT_ONCE}. */
function deleteFirst(transaction: Transaction<Tables>, condition: RawBuilder<unknown>): Promise<readonly Deleted[]> {
  return transaction
    .deleteFrom('refusal')
    .where('refusal_id', 'in', (from) =>
      from
        .selectFrom('refusal')
        .select('refusal_id')
        .where(sql<boolean>`${condition}`)
        .orderBy('last_at_ms')
        .orderBy('refusal_id')
        .limit(MAX_DELETED_AT_ONCE),
    )
    .returning(['api_key', 'first_at_ms', 'last_at_ms'])
    .execute()
}

function countByApiKey(deleted: readonly Deleted[]): ReadonlyMap<string, Discarded> {
  const counted = new Map<string, Discarded>()
  for (const { api_key, first_at_ms, last_at_ms } of deleted) {
    const { count, firstAt, lastAt } = counted.get(api_key) ?? {
      count: 0,
      firstAt: Number.POSITIVE_INFINITY,
      lastAt: 0,
    }
    counted.set(api_key, {
      count: count + 1,
      firstAt: Math.min(firstAt, first_at_ms / 1_000),
      lastAt: Math.max(lastAt, last_at_ms / 1_000),
    })
  }
  return counted
}

function toMs(seconds: number): number {
  return Math.floor(seconds * 1_000 + ROUNDING)
}

// Times are whole milliseconds divided by a thousand: multiplied again, the result may be slightly too small.
const ROUNDING = 1e-4

function writeRow({ record, isProven }: RefusalToWrite): RefusalRow {
  return {
    refusal_id: record.refusalId,
    latest_refusal_id: record.latestRefusalId,
    api_key: record.apiKey,
    is_proven: isProven ? 1 : 0,
    user_id: record.userId,
    user_id_lower: record.userId.toLowerCase(),
    code: record.code,
    origin: record.origin ?? null,
    first_at_ms: toMs(record.firstAt),
    last_at_ms: toMs(record.lastAt),
    count: record.count,
    record: JSON.stringify(record),
  }
}

function readRecord({ record }: Pick<RefusalRow, 'record'>): RefusalRecord {
  return JSON.parse(record)
}
