import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSecret } from '../../api-key/add-signing-key.ts'
import { createApiKey } from '../../api-key/keys.ts'
import { openStore } from '../open.ts'
import { sqliteDriver } from '../sqlite/driver/choose-driver.ts'
import { temporaryFolder } from '../store.fixture.ts'
import { backUp, masterKeyFileOf } from './back-up.ts'
import { restore } from './restore.ts'

const PASSPHRASE = 'correct horse battery'
const ASIDE = 'before-restore'
const onProgress = () => {}

/** A store with one API key, left open as by a running platform: all of it is in the -wal file. */
async function makeStore(dataFolder = temporaryFolder()) {
  const opened = await openStore({ dataFolder })
  const { apiKey, secret } = await createApiKey({ ...opened, now: () => 1 }, { name: 'Shop' })
  return { dataFolder, apiKey: apiKey.apiKey, secret: secret.secret, ...opened }
}

async function secretIn(dataFolder: string, apiKey: string): Promise<string> {
  const opened = await openStore({ dataFolder })
  try {
    return (await openSecret({ ...opened, now: () => 1 }, apiKey)).secret
  } finally {
    await opened.store.close()
  }
}

const backUpTo = (dataFolder: string, file: string, more = {}) =>
  backUp({ dataFolder, file, passphrase: undefined, force: false, onProgress, ...more })
const restoreTo = (dataFolder: string, file: string, more = {}) =>
  restore({
    dataFolder,
    file,
    passphrase: undefined,
    force: false,
    requireNoServer: async () => {},
    asideName: ASIDE,
    onProgress,
    ...more,
  })

/** A folder with a master key and no store yet. */
function folderWithKey(of: string): string {
  const folder = temporaryFolder()
  copyFileSync(join(of, 'master.key'), join(folder, 'master.key'))
  return folder
}

const contentsOf = (folder: string) =>
  Object.fromEntries(
    readdirSync(folder)
      .filter((name) => statSync(join(folder, name)).isFile())
      .map((name) => [name, readFileSync(join(folder, name)).toString('base64')]),
  )

describe('a backup', () => {
  it('contains the -wal file of a store in use, in one file that only its owner can read', async () => {
    const { dataFolder, apiKey, secret, store } = await makeStore()
    const folder = temporaryFolder()
    const file = join(folder, 'b.db')
    const made = await backUpTo(dataFolder, file)
    expect(made).toMatchObject({ file, masterKeyFile: undefined, bytes: statSync(file).size })
    expect(readdirSync(folder)).toEqual(['b.db'])
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const target = folderWithKey(dataFolder)
    expect(await restoreTo(target, file)).toMatchObject({ aside: undefined, masterKey: 'data folder' })
    expect(await secretIn(target, apiKey)).toBe(secret)
    expect(statSync(join(target, 'stagedoor.db')).mode & 0o777).toBe(0o600)
    await store.close()
  })

  it('is a snapshot, and completes, while others write continuously', async () => {
    const { dataFolder, store } = await makeStore()
    const filler = sqliteDriver().open(join(dataFolder, 'stagedoor.db'))
    filler.exec('CREATE TABLE filler (count INTEGER, text BLOB)')
    const insert = filler.prepare('INSERT INTO filler VALUES (?, randomblob(4000))')
    const insertMany = (from: number) => {
      filler.exec('BEGIN')
      for (let count = from; count < from + 100; count++) insert.run([count])
      filler.exec('COMMIT')
    }
    let written = 0
    for (; written < 6_000; written += 100) insertMany(written)
    const before = written
    const file = join(temporaryFolder(), 'b.db')
    const portions: number[] = []
    await backUpTo(dataFolder, file, {
      onProgress(done: number, total: number) {
        portions.push(done / total)
        insertMany(written)
        written += 100
      },
    })
    expect(portions.length).toBeGreaterThan(3)
    expect(portions).toEqual(portions.toSorted())
    const copy = sqliteDriver().open(file, { readOnly: true })
    expect(copy.prepare('SELECT count(*) AS count FROM filler').all([])).toEqual([{ count: before }])
    copy.close()
    filler.close()
    await store.close()
  })

  it('replaces a file only on request, and leaves nothing behind if it fails', async () => {
    const { dataFolder, store } = await makeStore()
    const folder = temporaryFolder()
    const file = join(folder, 'b.db')
    writeFileSync(file, 'mine')
    await expect(backUpTo(dataFolder, file)).rejects.toThrow('--force')
    expect(readFileSync(file, 'utf8')).toBe('mine')
    await backUpTo(dataFolder, file, { force: true })
    expect(readFileSync(file, 'utf8')).toMatch(/^SQLite format 3/)
    await expect(backUpTo(dataFolder, join(folder, 'c.db'), { passphrase: 'short' })).rejects.toThrow('12 characters')
    await expect(backUpTo(dataFolder, join(folder, 'no', 'c.db'))).rejects.toThrow('There is no folder')
    await expect(backUpTo(folder, join(folder, 'c.db'))).rejects.toThrow('There is no store in')
    await expect(backUpTo(dataFolder, join(dataFolder, 'stagedoor.db'), { force: true })).rejects.toThrow(
      'the store itself',
    )
    expect(readdirSync(folder)).toEqual(['b.db'])
    await store.close()
  })

  it('includes the master key on request, under a passphrase', async () => {
    const { dataFolder, apiKey, secret, store } = await makeStore()
    const folder = temporaryFolder()
    const file = join(folder, 'b.db')
    await backUpTo(dataFolder, file, { passphrase: PASSPHRASE })
    expect(statSync(masterKeyFileOf(file)).mode & 0o777).toBe(0o600)
    const target = join(temporaryFolder(), 'new')
    await expect(restoreTo(target, file)).rejects.toThrow('Use --with-master-key')
    await expect(restoreTo(target, file, { passphrase: 'another passphrase' })).rejects.toThrow('does not decrypt')
    expect(readdirSync(target)).toEqual([])
    expect(await restoreTo(target, file, { passphrase: PASSPHRASE })).toMatchObject({ masterKey: 'backup' })
    expect(statSync(join(target, 'master.key')).mode & 0o777).toBe(0o600)
    expect(await secretIn(target, apiKey)).toBe(secret)
    await store.close()
  })

  it('fails with a master key that does not open the store', async () => {
    const { dataFolder, store } = await makeStore()
    const other = await makeStore()
    copyFileSync(join(other.dataFolder, 'master.key'), join(dataFolder, 'master.key'))
    const folder = temporaryFolder()
    await expect(backUpTo(dataFolder, join(folder, 'b.db'), { passphrase: PASSPHRASE })).rejects.toThrow(
      'another master key',
    )
    expect(readdirSync(folder)).toEqual([])
    await store.close()
    await other.store.close()
  })
})

describe('a restore', () => {
  async function makeBackup() {
    const { store, ...made } = await makeStore()
    const file = join(temporaryFolder(), 'b.db')
    await backUpTo(made.dataFolder, file)
    await store.close()
    return { ...made, file }
  }

  it('sets the old store aside, and it can be put back', async () => {
    const { file, dataFolder, apiKey, secret } = await makeBackup()
    const there = await makeStore()
    const STAGEDOOR_MASTER_KEY = readFileSync(join(dataFolder, 'master.key'), 'utf8')
    const masterKey = { masterKey: STAGEDOOR_MASTER_KEY }
    await expect(restoreTo(there.dataFolder, file, masterKey)).rejects.toThrow('is not empty (stagedoor.db')
    await expect(restoreTo(there.dataFolder, file, { ...masterKey, force: true })).rejects.toThrow(
      'Another process has',
    )
    await there.store.close()

    const done = await restoreTo(there.dataFolder, file, { ...masterKey, force: true })
    expect(done).toMatchObject({ aside: join(there.dataFolder, ASIDE), masterKey: 'environment' })
    writeFileSync(join(there.dataFolder, 'master.key'), STAGEDOOR_MASTER_KEY, { mode: 0o600 })
    expect(await secretIn(there.dataFolder, apiKey)).toBe(secret)
    expect(await secretIn(join(there.dataFolder, ASIDE), there.apiKey)).toBe(there.secret)
  })

  it.each([
    ['is damaged in the middle', 'is damaged'],
    ['is cut off', 'is damaged'],
    ['is no database', 'it is not a SQLite database'],
    ['is empty', 'has no store in it'],
    ['is of a newer version', 'was written by a newer Stagedoor'],
    ['is under another master key', 'another master key'],
    ['has a part in a -wal file', 'is a database that is in use'],
    ['is a folder', 'is not a file'],
    ['is not there', 'There is no file'],
  ])('changes nothing where the file %s', async (fault, words) => {
    const { file } = await makeBackup()
    const there = await makeStore()
    await there.store.close()
    let given = file
    let masterKey: string | undefined
    if (fault === 'is damaged in the middle') {
      const bytes = readFileSync(file)
      bytes.fill(0xff, 4_096, bytes.length - 4_096)
      writeFileSync(file, bytes)
    } else if (fault === 'is cut off') truncateSync(file, statSync(file).size - 8_192)
    else if (fault === 'is no database') writeFileSync(file, 'x'.repeat(10_000))
    else if (fault === 'is empty') writeFileSync(file, '')
    else if (fault === 'is of a newer version') {
      const database = sqliteDriver().open(file)
      database.exec("INSERT INTO kysely_migration VALUES ('9999-tomorrow', '')")
      database.close()
    } else if (fault === 'is under another master key')
      masterKey = readFileSync(join(there.dataFolder, 'master.key'), 'utf8')
    else if (fault === 'has a part in a -wal file') writeFileSync(`${file}-wal`, 'x')
    else if (fault === 'is a folder') {
      given = join(temporaryFolder(), 'folder')
      mkdirSync(given)
    } else given = join(temporaryFolder(), 'nothing')
    const before = contentsOf(there.dataFolder)
    await expect(restoreTo(there.dataFolder, given, { force: true, masterKey })).rejects.toThrow(words)
    expect(contentsOf(there.dataFolder)).toEqual(before)
    expect(await secretIn(there.dataFolder, there.apiKey)).toBe(there.secret)
  })

  it('requires a master key and no running server', async () => {
    const { file } = await makeBackup()
    const target = join(temporaryFolder(), 'new')
    await expect(restoreTo(target, file)).rejects.toThrow('Copy master.key into')
    await expect(restoreTo(target, file, { passphrase: PASSPHRASE })).rejects.toThrow('without --with-master-key')
    const requireNoServer = () => Promise.reject(new Error('a server runs'))
    await expect(restoreTo(target, file, { requireNoServer })).rejects.toThrow('a server runs')
    expect(existsSync(join(target, 'stagedoor.db'))).toBe(false)
  })
})
