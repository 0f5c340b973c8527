import { describe, expect, it } from 'vitest'
import { StoreDownError } from '../../../store-down.ts'
import { chooseDriver } from './choose-driver.ts'
import type { SqliteDriver } from './driver.ts'

const driverOf = (name: SqliteDriver['name']): SqliteDriver => ({
  name,
  open: () => {
    throw new Error('Not opened here')
  },
})
const fail = () => {
  throw new Error('Not to be loaded')
}

describe('the driver of SQLite', () => {
  it('is that of Node.js if it has one, without loading the package', () => {
    const loaders = { loadNodeSqlite: () => driverOf('node:sqlite'), loadBetterSqlite3: fail }
    expect(chooseDriver(loaders, '24.21.0').name).toBe('node:sqlite')
  })

  it('is better-sqlite3 if Node.js has none that can be used', () => {
    const loaders = { loadNodeSqlite: () => undefined, loadBetterSqlite3: () => driverOf('better-sqlite3') }
    expect(chooseDriver(loaders, '20.19.0').name).toBe('better-sqlite3')
  })

  it.each([
    ["Cannot find module 'better-sqlite3'\nRequire stack:\n- /app/store.js", 'MODULE_NOT_FOUND', 'is not installed'],
    ['The module\nwas compiled against', 'ERR_DLOPEN_FAILED', 'was built for another version of Node.js'],
    ['Could not locate the bindings file. Tried:\n → a', undefined, 'is not built'],
    ['version 12 can crash it\nand so on', undefined, 'cannot be loaded (version 12 can crash it)'],
  ])('that cannot be loaded (%j) is explained in one line', (message, code, words) => {
    const loadBetterSqlite3 = () => {
      throw Object.assign(new Error(message), { code })
    }
    const choose = () => chooseDriver({ loadNodeSqlite: () => undefined, loadBetterSqlite3 }, '20.19.0')
    expect(choose).toThrow(StoreDownError)
    expect(choose).toThrow(
      `Node.js 20.19.0 has no SQLite that Stagedoor supports, and the optional package better-sqlite3 ${words}`,
    )
    expect(choose).toThrow(/^[^\n]+ Use Node\.js 22\.16 [^\n]+$/)
  })
})
