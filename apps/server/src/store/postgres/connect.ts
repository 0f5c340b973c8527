import { Kysely, PostgresDialect, sql } from 'kysely'
import { Pool, types } from 'pg'
import { StoreDownError } from '../../store-down.ts'
import type { Engine } from '../engine.ts'
import type { Tables } from '../tables.ts'
import { poolWithExplainedErrors } from './failures.ts'
import { readDatabaseUrl } from './url.ts'

const MAX_CONNECTIONS = 10
const CONNECT_TIMEOUT_MS = 5_000
const STATEMENT_TIMEOUT_MS = 30_000
// Longer than the server's own timeout: this one detects a server that disappeared silently.
const ANSWER_TIMEOUT_MS = 35_000
// The object id of `bigint`, which the driver returns as text because it may exceed a number; our values do not.
const BIGINT_OID = 20

/** Connects to a PostgreSQL database. A change is as durable as the server is set to be (`fsync`, `synchronous_commit`). */
export async function connect(url: string, onDown?: (error: StoreDownError) => void): Promise<Engine> {
  const { connectionString, host, port, database } = readDatabaseUrl(url)
  const pool = new Pool({
    connectionString,
    application_name: 'stagedoor',
    max: MAX_CONNECTIONS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: ANSWER_TIMEOUT_MS,
    keepAlive: true,
    types: { getTypeParser: (oid, format) => (oid === BIGINT_OID ? Number : types.getTypeParser(oid, format)) },
  })
  // An idle connection that breaks is removed from the pool.
  pool.on('error', () => {})
  // The pool listens only while a connection is idle in it. One that is in use and between two statements breaks too, for example
  // when the server shuts down during a transaction, and its next statement fails.
  pool.on('connect', (client) => client.on('error', () => {}))
  const dialect = new PostgresDialect({ pool: poolWithExplainedErrors(pool, `${database} at ${host}:${port}`, onDown) })
  const db = new Kysely<Tables>({ dialect })
  await requireUtf8(db, database).catch(async (error) => {
    await db.destroy()
    throw error
  })
  return {
    db,
    columnTypes: { bytes: 'bytea' },
    // Kysely holds an advisory lock meanwhile.
    migrateAlone: (migrate) => migrate({ transactions: true }),
  }
}

// Other encodings cannot store every user id, and each such record would be rejected separately.
async function requireUtf8(db: Kysely<Tables>, database: string): Promise<void> {
  const { rows } = await sql<{ server_encoding: string }>`show server_encoding`.execute(db)
  const [{ server_encoding: encoding } = { server_encoding: 'unknown' }] = rows
  if (encoding === 'UTF8') return
  throw new StoreDownError(
    `The database ${database} has the encoding ${encoding}, and UTF8 is needed. ` +
      `Make one with: createdb --encoding=UTF8 --template=template0 ${database}`,
  )
}
