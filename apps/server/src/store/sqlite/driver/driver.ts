import type { SqliteDatabase as KyselyDatabase } from 'kysely'

export interface OpenOptions {
  /** How long a statement waits for another connection, in milliseconds. Default: 5,000. */
  readonly busyTimeoutMs?: number
  /** Refuses to create the file. Default: false. */
  readonly mustExist?: boolean
  /** Refuses to write. Default: false. */
  readonly readOnly?: boolean
}

export interface CopyOptions {
  /** Pages copied between two calls of `onProgress`. */
  readonly pagesAtOnce: number
  /** Called with the number of pages copied so far and in total. */
  readonly onProgress: (donePages: number, totalPages: number) => void
}

/**
 * A connection to a database file. It behaves the same under every driver:
 *
 * - an error of SQLite has the name of its extended result code as its `code` (`SQLITE_BUSY_SNAPSHOT`);
 * - rows are plain objects, integers are numbers, and blobs are Buffers;
 * - parameters are numbers, bigints, strings, bytes and null; undefined is stored as NULL, and a boolean is a TypeError.
 */
export interface SqliteDatabase extends KyselyDatabase {
  /** Whether a transaction is open. SQLite ends one by itself when the disk is full. */
  readonly inTransaction: boolean
  /** Runs statements that return nothing we read. */
  exec(sql: string): void
  /** Copies the database into a file, page by page, without blocking the event loop. */
  copyTo(path: string, options: CopyOptions): Promise<void>
  /** Closes the connection. Does nothing if it is closed already. */
  close(): void
}

export interface SqliteDriver {
  readonly name: 'node:sqlite' | 'better-sqlite3'
  /** Opens a database file, and creates it by default. */
  open(path: string, options?: OpenOptions): SqliteDatabase
}

export const DEFAULT_BUSY_TIMEOUT_MS = 5_000
