import type { RefusalCode } from '@stagedoor/protocol'
import type { Kysely, Transaction } from 'kysely'
import {
  ALL_API_KEYS,
  type HourCounts,
  MAX_HOURS_DELETED_AT_ONCE,
  type TrafficStore,
} from '../../traffic/traffic-store.ts'
import type { Tables } from '../tables.ts'

/** The most rows in one statement: SQLite accepts 32,766 values in total. */
const MAX_ROWS_OF_STATEMENT = 1_000

/** The queries of hourly counts, the same on every engine. */
export function trafficQueries(db: Kysely<Tables>): TrafficStore {
  return {
    async addHours(hours) {
      const names = [...new Set(hours.map(({ apiKey }) => apiKey))]
      if (names.length === 0) return
      await db.transaction().execute(async (transaction) => {
        const rows = await transaction.selectFrom('api_key').select('api_key').where('api_key', 'in', names).execute()
        const known = new Set([ALL_API_KEYS, ...rows.map(({ api_key }) => api_key)])
        // Always in the same order, so that two processes do not deadlock.
        const counted = hours.filter(({ apiKey }) => known.has(apiKey)).sort(compare)
        for (const part of partsOf(counted)) await addRegistrations(transaction, part)
        const refusals = counted.flatMap(({ apiKey, hour, refusals }) =>
          Object.entries(refusals)
            .sort()
            .map(([code, count]) => ({ api_key: apiKey, hour, code, count })),
        )
        for (const part of partsOf(refusals)) await addRefusals(transaction, part)
      })
    },

    async listHours({ apiKeys, since, until }) {
      if (apiKeys.length === 0) return []
      const within = { apiKeys, since, until }
      const [registrations, refusals] = [await sumRegistrations(db, within), await sumByHour(db, within)]
      const hours = new Map<number, { hour: number; admitted: number; peakSessions: number; refusals: Counts }>()
      const at = (hour: number) => {
        const found = hours.get(hour) ?? { hour, admitted: 0, peakSessions: 0, refusals: {} }
        hours.set(hour, found)
        return found
      }
      for (const { hour, admitted, peak } of registrations) {
        Object.assign(at(hour), { admitted: Number(admitted), peakSessions: Number(peak) })
      }
      for (const { hour, code, count } of refusals) at(hour).refusals[code as RefusalCode] = Number(count)
      return [...hours.values()].sort((one, other) => one.hour - other.hour)
    },

    async sumRefusals({ apiKeys, since, until }) {
      if (apiKeys.length === 0) return []
      const rows = await db
        .selectFrom('refusal_hour')
        .select(({ fn }) => ['api_key', 'code', fn.sum<number>('count').as('count')])
        .where('api_key', 'in', apiKeys)
        .where('hour', '>=', Math.ceil(since))
        .where('hour', '<', Math.ceil(until))
        .groupBy(['api_key', 'code'])
        .execute()
      return rows.map(({ api_key, code, count }) => ({
        apiKey: api_key,
        code: code as RefusalCode,
        count: Number(count),
      }))
    },

    async firstHour() {
      const first = async (table: 'registration_hour' | 'refusal_hour') =>
        (
          await db
            .selectFrom(table)
            .select(({ fn }) => fn.min<number | null>('hour').as('hour'))
            .executeTakeFirst()
        )?.hour
      const found = [await first('registration_hour'), await first('refusal_hour')].map(
        (hour) => hour ?? Number.POSITIVE_INFINITY,
      )
      const earliest = Math.min(...found)
      return Number.isFinite(earliest) ? earliest : undefined
    },

    async forgetHours(before) {
      const deleted = [await forget(db, 'registration_hour', before), await forget(db, 'refusal_hour', before)]
      return deleted.includes(MAX_HOURS_DELETED_AT_ONCE)
    },
  }
}

type Counts = Partial<Record<RefusalCode, number>>

interface Within {
  readonly apiKeys: readonly string[]
  readonly since: number
  readonly until: number
}

function sumRegistrations(db: Kysely<Tables>, { apiKeys, since, until }: Within) {
  return db
    .selectFrom('registration_hour')
    .select(({ fn }) => ['hour', fn.sum<number>('admitted').as('admitted'), fn.sum<number>('peak_sessions').as('peak')])
    .where('api_key', 'in', apiKeys)
    .where('hour', '>=', Math.ceil(since))
    .where('hour', '<', Math.ceil(until))
    .groupBy('hour')
    .execute()
}

function sumByHour(db: Kysely<Tables>, { apiKeys, since, until }: Within) {
  return db
    .selectFrom('refusal_hour')
    .select(({ fn }) => ['hour', 'code', fn.sum<number>('count').as('count')])
    .where('api_key', 'in', apiKeys)
    .where('hour', '>=', Math.ceil(since))
    .where('hour', '<', Math.ceil(until))
    .groupBy(['hour', 'code'])
    .execute()
}

async function addRegistrations(transaction: Transaction<Tables>, hours: readonly HourCounts[]): Promise<void> {
  await transaction
    .insertInto('registration_hour')
    .values(
      hours.map(({ apiKey, hour, admitted, peakSessions }) => ({
        api_key: apiKey,
        hour,
        admitted,
        peak_sessions: peakSessions,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['api_key', 'hour']).doUpdateSet((to) => ({
        admitted: to('registration_hour.admitted', '+', to.ref('excluded.admitted')),
        peak_sessions: to
          .case()
          .when('excluded.peak_sessions', '>', to.ref('registration_hour.peak_sessions'))
          .then(to.ref('excluded.peak_sessions'))
          .else(to.ref('registration_hour.peak_sessions'))
          .end(),
      })),
    )
    .execute()
}

async function addRefusals(
  transaction: Transaction<Tables>,
  rows: readonly { api_key: string; hour: number; code: string; count: number }[],
): Promise<void> {
  await transaction
    .insertInto('refusal_hour')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['api_key', 'hour', 'code']).doUpdateSet((to) => ({
        count: to('refusal_hour.count', '+', to.ref('excluded.count')),
      })),
    )
    .execute()
}

async function forget(db: Kysely<Tables>, table: 'registration_hour' | 'refusal_hour', before: number) {
  return db.transaction().execute(async (transaction) => {
    const rows = await transaction
      .selectFrom(table)
      .select(['api_key', 'hour'])
      .where('hour', '<', before)
      .orderBy('hour')
      .limit(MAX_HOURS_DELETED_AT_ONCE)
      .execute()
    // All rows of an API key's hour are deleted together, including those by code.
    for (const hour of new Set(rows.map((row) => row.hour))) {
      const names = [...new Set(rows.filter((row) => row.hour === hour).map(({ api_key }) => api_key))]
      await transaction.deleteFrom(table).where('hour', '=', hour).where('api_key', 'in', names).execute()
    }
    return rows.length
  })
}

function compare(one: HourCounts, other: HourCounts): number {
  if (one.apiKey !== other.apiKey) return one.apiKey < other.apiKey ? -1 : 1
  return one.hour - other.hour
}

function partsOf<T>(items: readonly T[]): readonly (readonly T[])[] {
  const parts: T[][] = []
  for (let at = 0; at < items.length; at += MAX_ROWS_OF_STATEMENT)
    parts.push(items.slice(at, at + MAX_ROWS_OF_STATEMENT))
  return parts
}
