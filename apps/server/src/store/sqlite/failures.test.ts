import { join } from 'node:path'
import { Kysely } from 'kysely'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { StoreDownError } from '../../store-down.ts'
import { change } from '../changes.ts'
import { openStore } from '../open.ts'
import { temporaryFolder } from '../store.fixture.ts'
import type { Tables } from '../tables.ts'
import type { OpenOptions, SqliteDriver } from './driver/driver.ts'
import { availableDrivers } from './driver/drivers.fixture.ts'
import { explainFolderError, explainSqliteError, rollBack } from './failures.ts'
import { PatientSqliteDialect } from './patience.ts'

const coded = (code: string) => Object.assign(new Error('as the driver says'), { code })

/** A store with a connection that can be made to fail. */
async function openRaw(driver: SqliteDriver, options: OpenOptions = {}) {
  const dataFolder = temporaryFolder()
  const { store } = await openStore({ dataFolder, sqliteDriver: driver })
  await store.close()
  const database = driver.open(join(dataFolder, 'stagedoor.db'), options)
  const onDown = vi.fn()
  const db = new Kysely<Tables>({ dialect: new PatientSqliteDialect({ database, onDown }) })
  onTestFinished(() => db.destroy())
  const add = (apiKey: string) =>
    change(db, (transaction) =>
      transaction
        .insertInto('api_key')
        .values({ api_key: apiKey, name: 'x'.repeat(100_000), state: 'active', policy: '{}', created_at: 1 })
        .execute(),
    )
  return { database, db, add, onDown }
}

describe('a failure of SQLite', () => {
  it.each([
    ['SQLITE_FULL', 'the disk is full. Free space'],
    ['SQLITE_READONLY', 'it is read-only. Check that the platform can write'],
    ['SQLITE_READONLY_DBMOVED', 'was moved or replaced'],
    ['SQLITE_IOERR_WRITE', 'the disk has failed or is full'],
    ['SQLITE_CANTOPEN', 'cannot be opened'],
    ['SQLITE_CORRUPT_INDEX', 'is damaged. Restore a backup'],
    ['SQLITE_NOTADB', 'is not a SQLite database. Restore a backup'],
    ['SQLITE_BUSY_SNAPSHOT', 'another process has locked it'],
  ])('with the code %s says that %s', (code, words) => {
    const told = explainSqliteError(coded(code))
    expect(told).toBeInstanceOf(StoreDownError)
    expect(String(told)).toContain(`The store cannot be used: `)
    expect(String(told)).toContain(words)
    expect(String(told)).toContain(`(${code})`)
  })

  it('leaves open whether a change was made if the disk failed', () => {
    expect(String(explainSqliteError(coded('SQLITE_IOERR_FSYNC')))).toContain('Check whether the change was made')
    expect(String(explainSqliteError(coded('SQLITE_FULL')))).toContain('Nothing was changed.')
  })

  it('stays unchanged if it concerns one record', () => {
    for (const error of [coded('SQLITE_CONSTRAINT_UNIQUE'), coded('SQLITE_TOOBIG'), new Error('no code')]) {
      expect(explainSqliteError(error)).toBe(error)
    }
  })

  it('explains why a data folder cannot be created', () => {
    expect(String(explainFolderError(coded('EROFS'), '/data'))).toContain(
      '/data cannot be created: the disk is mounted read-only',
    )
    expect(explainFolderError(coded('EOTHER'), '/data')).toMatchObject({ code: 'EOTHER' })
  })
})

describe.each(availableDrivers())('a failure of SQLite, on $name,', (driver) => {
  it('is reported with its cause if SQLite has rolled back the transaction itself', async () => {
    const { database, db, add, onDown } = await openRaw(driver)
    const [{ page_count: pages }] = database.prepare('PRAGMA page_count').all([]) as [{ page_count: number }]
    database.exec(`PRAGMA max_page_count = ${pages + 2}`)
    const told = await add('big').catch((error: unknown) => error)
    expect(told).toBeInstanceOf(StoreDownError)
    expect(String(told)).toContain('the disk is full')
    expect(onDown).toHaveBeenCalledWith(told)
    expect(database.inTransaction).toBe(false)
    expect(await db.selectFrom('api_key').selectAll().execute()).toEqual([])
    database.exec('PRAGMA max_page_count = 100000')
    await add('big')
    expect(await db.selectFrom('api_key').selectAll().execute()).toHaveLength(1)
  })

  it('is reported at the start of a change if the database is read-only', async () => {
    const { add, onDown } = await openRaw(driver, { readOnly: true })
    const told = await add('any').catch((error: unknown) => error)
    expect(String(told)).toContain('it is read-only')
    expect(onDown).toHaveBeenCalledTimes(1)
  })

  it('causes no further failure if nothing is left to roll back', async () => {
    const { database } = await openRaw(driver)
    rollBack(database)
    database.exec('BEGIN')
    rollBack(database)
    expect(database.inTransaction).toBe(false)
  })
})
