import { describe, expect, it } from 'vitest'
import { nameResultCode } from './sqlite-error.ts'

describe('a result code of SQLite', () => {
  it.each([
    [1, 'SQLITE_ERROR'],
    [5, 'SQLITE_BUSY'],
    [517, 'SQLITE_BUSY_SNAPSHOT'],
    [516, 'SQLITE_ABORT_ROLLBACK'],
    [13, 'SQLITE_FULL'],
    [8, 'SQLITE_READONLY'],
    [1032, 'SQLITE_READONLY_DBMOVED'],
    [778, 'SQLITE_IOERR_WRITE'],
    [4874, 'SQLITE_IOERR_SHMSIZE'],
    [8714, 'SQLITE_IOERR_IN_PAGE'],
    [11, 'SQLITE_CORRUPT'],
    [779, 'SQLITE_CORRUPT_INDEX'],
    [26, 'SQLITE_NOTADB'],
    [1811, 'SQLITE_CONSTRAINT_TRIGGER'],
    [2067, 'SQLITE_CONSTRAINT_UNIQUE'],
    [3091, 'SQLITE_CONSTRAINT_DATATYPE'],
  ])('%i is called %s', (code, name) => {
    expect(nameResultCode(code)).toBe(name)
  })

  it('of a later version has the name of its primary code, or none', () => {
    expect(nameResultCode(10 | (200 << 8))).toBe('SQLITE_IOERR')
    expect(nameResultCode(99)).toBe('SQLITE_UNKNOWN_ERROR_99')
  })
})
