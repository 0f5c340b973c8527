import process from 'node:process'
import { pathToFileURL } from 'node:url'
import {
  type CopyOptions,
  DEFAULT_BUSY_TIMEOUT_MS,
  type OpenOptions,
  type SqliteDatabase,
  type SqliteDriver,
} from './driver.ts'
import { nameResultCode, SqliteError } from './sqlite-error.ts'

// The types of Node.js that we compile against are those of version 20, which does not have the module.
interface NodeSqlite {
  readonly DatabaseSync: new (
    path: string | URL,
    options: { readonly readOnly: boolean; readonly timeout: number },
  ) => DatabaseSync
  backup(
    source: DatabaseSync,
    path: string,
    options: {
      readonly rate: number
      readonly progress: (pages: { readonly totalPages: number; readonly remainingPages: number }) => void
    },
  ): Promise<number>
}

interface DatabaseSync {
  readonly isOpen: boolean
  readonly isTransaction: boolean
  prepare(sql: string): StatementSync
  exec(sql: string): void
  close(): void
}

interface StatementSync {
  all(...parameters: readonly unknown[]): Row[]
  run(...parameters: readonly unknown[]): {
    readonly changes: number | bigint
    readonly lastInsertRowid: number | bigint
  }
  iterate(...parameters: readonly unknown[]): IterableIterator<Row>
  columns(): readonly unknown[]
}

type Row = Record<string, unknown>

/** Loads the SQLite of Node.js. Returns undefined if this version has none, or one without all that we use. */
export function loadNodeSqlite(): SqliteDriver | undefined {
  const module = loadQuietly()
  if (module === undefined || !isComplete(module)) return undefined
  return { name: 'node:sqlite', open: (path, options = {}) => open(module, path, options) }
}

// Node.js 22, and 24 in its early releases, warn that the module is experimental. What we use of it passes the same tests on each
// of those versions, so the warning is of no use to an operator. Others are passed on.
function loadQuietly(): NodeSqlite | undefined {
  const { emitWarning } = process
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (rest[0] === 'ExperimentalWarning' && String(warning).includes('SQLite')) return
    Reflect.apply(emitWarning, process, [warning, ...rest])
  }
  try {
    return process.getBuiltinModule('node:sqlite') as NodeSqlite | undefined
  } finally {
    process.emitWarning = emitWarning
  }
}

// `isTransaction` came in 22.16, together with the timeout for locks, which cannot be seen.
function isComplete(module: NodeSqlite): boolean {
  const database = new module.DatabaseSync(':memory:', { timeout: 0, readOnly: false })
  try {
    return 'isTransaction' in database
  } finally {
    database.close()
  }
}

function open(module: NodeSqlite, path: string, options: OpenOptions): SqliteDatabase {
  const { busyTimeoutMs = DEFAULT_BUSY_TIMEOUT_MS, mustExist = false, readOnly = false } = options
  const database = named(
    () => new module.DatabaseSync(mustExist ? existing(path) : path, { timeout: busyTimeoutMs, readOnly }),
  )
  return {
    get inTransaction() {
      return database.isTransaction
    },
    prepare: (sql) => named(() => wrap(database.prepare(sql))),
    exec: (sql) => named(() => database.exec(sql)),
    async copyTo(file: string, { pagesAtOnce, onProgress }: CopyOptions) {
      try {
        await module.backup(database, file, {
          rate: pagesAtOnce,
          progress: ({ totalPages, remainingPages }) => onProgress(totalPages - remainingPages, totalPages),
        })
      } catch (error) {
        throw withName(error)
      }
    },
    close() {
      if (database.isOpen) database.close()
    },
  }
}

// There is no option for it. SQLite itself takes it in the address of a file.
function existing(path: string): URL {
  const url = pathToFileURL(path)
  url.search = 'mode=rw'
  return url
}

function wrap(statement: StatementSync) {
  return {
    reader: statement.columns().length > 0,
    all: (parameters: readonly unknown[]) => named(() => statement.all(...checked(parameters)).map(plain)),
    run: (parameters: readonly unknown[]) => named(() => statement.run(...checked(parameters))),
    *iterate(parameters: readonly unknown[]) {
      try {
        for (const row of statement.iterate(...checked(parameters))) yield plain(row)
      } catch (error) {
        throw withName(error)
      }
    },
  }
}

// Node.js 24 and later store a boolean as a number, which PostgreSQL and better-sqlite3 refuse. Only Node.js 26 takes undefined.
function checked(parameters: readonly unknown[]): readonly unknown[] {
  return parameters.map((value) => {
    if (typeof value === 'boolean') {
      throw new TypeError('SQLite stores numbers, bigints, strings, bytes and null, and no booleans')
    }
    return value ?? null
  })
}

// Rows come without a prototype, and blobs as Uint8Array.
function plain(row: Row): Row {
  const copy: Row = {}
  for (const name in row) {
    const value = row[name]
    copy[name] = value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.byteLength) : value
  }
  return copy
}

function named<T>(run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw withName(error)
  }
}

function withName(error: unknown): unknown {
  const { message, errcode } = error as { message: string; errcode?: unknown }
  if (typeof errcode !== 'number') return error
  return new SqliteError(message, nameResultCode(errcode), { cause: error })
}
