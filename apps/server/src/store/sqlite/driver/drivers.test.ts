import { existsSync, mkdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { temporaryFolder } from '../../store.fixture.ts'
import type { OpenOptions, SqliteDatabase } from './driver.ts'
import { availableDrivers } from './drivers.fixture.ts'

describe.each(availableDrivers())('SQLite by $name', (driver) => {
  function open(path: string, options?: OpenOptions): SqliteDatabase {
    const database = driver.open(path, options)
    onTestFinished(() => database.close())
    return database
  }

  function openNew() {
    // Each of these means something in a URL.
    const path = join(temporaryFolder(), 'a b?c#d%20.db')
    const database = open(path)
    database.exec('PRAGMA journal_mode = WAL')
    database.exec('CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL, size REAL, content BLOB)')
    const add = (...values: unknown[]) => database.prepare('INSERT INTO item VALUES (?, ?, ?, ?)').run(values)
    const list = () => database.prepare('SELECT * FROM item ORDER BY id').all([])
    return { path, database, add, list }
  }

  const codeOf = (run: () => unknown): unknown => {
    try {
      run()
    } catch (error) {
      return (error as { code?: unknown }).code
    }
    throw new Error('It did not fail')
  }

  it('returns numbers, strings, null, and blobs as Buffers, in plain objects', () => {
    const { add, list } = openNew()
    add(2 ** 52, 'Bücher “π”', 1.5, new Uint8Array([0, 255]))
    const rows = list()
    expect(rows).toStrictEqual([{ id: 2 ** 52, name: 'Bücher “π”', size: 1.5, content: Buffer.from([0, 255]) }])
    add(1n, 'without', null, null)
    expect(list()[0]).toStrictEqual({ id: 1, name: 'without', size: null, content: null })
  })

  it('knows which statements return rows', () => {
    const { database } = openNew()
    expect(database.prepare('SELECT 1').reader).toBe(true)
    expect(database.prepare("INSERT INTO item (name) VALUES ('x')").reader).toBe(false)
    const returning = database.prepare('INSERT INTO item (id, name) VALUES (?, ?) RETURNING id')
    expect(returning.reader).toBe(true)
    expect(returning.all([7, 'seven'])).toStrictEqual([{ id: 7 }])
    expect([...returning.iterate([8, 'eight'])]).toStrictEqual([{ id: 8 }])
  })

  it('counts what a statement changed', () => {
    const { database, add } = openNew()
    for (const id of [1, 2, 3]) expect(Number(add(id, `n${id}`, null, null).lastInsertRowid)).toBe(id)
    expect(Number(database.prepare('DELETE FROM item WHERE id > ?').run([1]).changes)).toBe(2)
  })

  it('stores undefined as NULL, and refuses a boolean', () => {
    const { add, list } = openNew()
    add(1, 'one', undefined, null)
    expect(() => add(2, 'two', true, null)).toThrow(TypeError)
    expect(list()).toStrictEqual([{ id: 1, name: 'one', size: null, content: null }])
  })

  it('names the constraint that a statement violates', () => {
    const { database, add } = openNew()
    database.exec('PRAGMA foreign_keys = ON; CREATE TABLE part (item INTEGER REFERENCES item (id) CHECK (item < 100))')
    add(1, 'one', null, null)
    expect(codeOf(() => add(2, 'one', null, null))).toBe('SQLITE_CONSTRAINT_UNIQUE')
    expect(codeOf(() => add(1, 'two', null, null))).toBe('SQLITE_CONSTRAINT_PRIMARYKEY')
    expect(codeOf(() => add(2, null, null, null))).toBe('SQLITE_CONSTRAINT_NOTNULL')
    expect(codeOf(() => database.exec('INSERT INTO part VALUES (9)'))).toBe('SQLITE_CONSTRAINT_FOREIGNKEY')
    expect(codeOf(() => database.exec('INSERT INTO part VALUES (900)'))).toBe('SQLITE_CONSTRAINT_CHECK')
    expect(codeOf(() => database.exec('SELEC'))).toBe('SQLITE_ERROR')
  })

  it('reports whether a transaction is open, even after SQLite ended it because the disk is full', () => {
    const { database, add, list } = openNew()
    expect(database.inTransaction).toBe(false)
    database.exec('BEGIN')
    add(1, 'one', null, null)
    expect(database.inTransaction).toBe(true)
    database.exec('ROLLBACK')
    expect([database.inTransaction, list()]).toEqual([false, []])

    database.exec('PRAGMA max_page_count = 4')
    database.exec('BEGIN')
    expect(codeOf(() => add(1, 'x'.repeat(1_000_000), null, null))).toBe('SQLITE_FULL')
    expect(database.inTransaction).toBe(false)
  })

  it('waits for another writer, and then says that the database is busy', () => {
    const { path, database, add } = openNew()
    const other = open(path, { busyTimeoutMs: 60 })
    database.exec('BEGIN IMMEDIATE')
    const started = performance.now()
    expect(codeOf(() => other.exec('BEGIN IMMEDIATE'))).toBe('SQLITE_BUSY')
    expect(performance.now() - started).toBeGreaterThan(50)
    database.exec('ROLLBACK')

    other.exec('BEGIN')
    other.prepare('SELECT * FROM item').all([])
    add(1, 'one', null, null)
    expect(codeOf(() => other.exec("INSERT INTO item (name) VALUES ('late')"))).toBe('SQLITE_BUSY_SNAPSHOT')
  })

  it('opens only existing files on request', () => {
    const { path, add } = openNew()
    add(1, 'one', null, null)
    expect(open(path, { mustExist: true }).prepare('SELECT name FROM item').all([])).toEqual([{ name: 'one' }])
    const missing = join(temporaryFolder(), 'missing.db')
    expect(codeOf(() => driver.open(missing, { mustExist: true }))).toBe('SQLITE_CANTOPEN')
    expect(existsSync(missing)).toBe(false)
    expect(codeOf(() => driver.open(join(missing, 'in-no-folder.db')))).toBe('SQLITE_CANTOPEN')
  })

  it('writes nothing if it is opened read-only', () => {
    const { path, list } = openNew()
    const reader = open(path, { readOnly: true })
    expect(codeOf(() => reader.exec("INSERT INTO item (name) VALUES ('x')"))).toBe('SQLITE_READONLY')
    expect(list()).toEqual([])
  })

  it('says that a file is not a database', () => {
    const path = join(temporaryFolder(), 'text.db')
    writeFileSync(path, 'This is a text. '.repeat(1_000))
    const database = open(path)
    expect(codeOf(() => database.prepare('SELECT * FROM sqlite_schema').all([]))).toBe('SQLITE_NOTADB')
  })

  it('copies its snapshot, portion by portion, while another connection writes', async () => {
    const { path, database, add } = openNew()
    database.exec('BEGIN')
    for (let id = 1; id <= 2_000; id++) add(id, `name ${id}`, null, Buffer.alloc(1_000))
    database.exec('COMMIT')
    const target = join(temporaryFolder(), 'copy.db')
    const writer = open(path)
    let extra = 0
    database.exec('BEGIN')
    database.prepare('SELECT count(*) FROM item').all([])
    const portions: number[] = []
    await database.copyTo(target, {
      pagesAtOnce: 100,
      onProgress(done, total) {
        portions.push(done / total)
        writer.prepare('INSERT INTO item (name) VALUES (?)').run([`extra ${extra++}`])
      },
    })
    database.exec('COMMIT')
    expect(portions.length).toBeGreaterThan(3)
    expect(portions).toEqual(portions.toSorted())
    expect(portions.at(-1)).toBeLessThanOrEqual(1)
    expect(extra).toBeGreaterThan(0)
    expect(open(target, { readOnly: true }).prepare('SELECT count(*) AS count FROM item').all([])).toEqual([
      { count: 2_000 },
    ])
    expect(statSync(target).size).toBeGreaterThan(2_000_000)
  })

  it('says why it cannot copy', async () => {
    const { database } = openNew()
    const folder = join(temporaryFolder(), 'folder.db')
    mkdirSync(folder)
    await expect(database.copyTo(folder, { pagesAtOnce: 1, onProgress() {} })).rejects.toMatchObject({
      code: expect.stringMatching(/^SQLITE_CANTOPEN/),
    })
  })

  it('may be closed twice', () => {
    const { database } = openNew()
    database.close()
    database.close()
    expect(() => database.exec('SELECT 1')).toThrow('not open')
  })
})
