import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { DATABASE_FILE } from '../../store/database-file.ts'
import { temporaryFolder } from '../../store/store.fixture.ts'
import { MASTER_KEY_FILE } from '../../vault/master-key.ts'
import { requirePlatform } from './store.ts'

afterEach(() => vi.unstubAllEnvs())

function folderWith(...files: readonly string[]): string {
  vi.stubEnv('STAGEDOOR_DATABASE_URL', undefined)
  const folder = temporaryFolder()
  for (const file of files) writeFileSync(join(folder, file), '')
  return folder
}

describe('a command for an existing platform', () => {
  it('runs if the data folder has a store, or the store is in a database', () => {
    expect(() => requirePlatform({ data: folderWith(MASTER_KEY_FILE, DATABASE_FILE) })).not.toThrow()
    const data = folderWith(MASTER_KEY_FILE)
    vi.stubEnv('STAGEDOOR_DATABASE_URL', 'postgresql://127.0.0.1/stagedoor')
    expect(() => requirePlatform({ data })).not.toThrow()
  })

  it('says that there is no platform in an empty folder', () => {
    expect(() => requirePlatform({ data: folderWith() })).toThrow('There is no platform in')
  })

  it('names the variable to set in the folder of a platform on PostgreSQL', () => {
    const data = folderWith(MASTER_KEY_FILE)
    expect(() => requirePlatform({ data })).toThrow(
      `There is no store in ${data}, only master.key: the folder belongs to a platform whose store is in PostgreSQL. ` +
        'Set STAGEDOOR_DATABASE_URL to its database',
    )
  })
})
