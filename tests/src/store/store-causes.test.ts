import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../../../apps/server/src/store/open.ts'
import { makeFolder, stagedoor } from '../fixtures/platform.fixture.ts'
import { startPostgres, type ThrowAwayPostgres } from '../fixtures/postgres.fixture.ts'

describe('a PostgreSQL that cannot be used', () => {
  const folder = makeFolder()
  let plain: ThrowAwayPostgres
  let encrypted: ThrowAwayPostgres
  beforeAll(async () => {
    plain = await startPostgres()
    encrypted = await startPostgres({ tls: true })
  })
  afterAll(async () => {
    await plain?.remove()
    await encrypted?.remove()
    folder.remove()
  })

  async function list(url: string) {
    const { status, stdout, stderr } = await stagedoor(['key', 'list', '--data', folder.path], '', {
      STAGEDOOR_DATABASE_URL: url,
    })
    for (const { password } of [plain, encrypted]) expect(stdout + stderr).not.toContain(password)
    return { status, stderr }
  }

  it('is verified, and says what is wrong with its certificate and what to do', async () => {
    const url = encrypted.makeDatabase()
    for (const mode of ['prefer', 'require', 'verify-full']) {
      expect(await list(`${url}?sslmode=${mode}`)).toEqual({
        status: 2,
        stderr:
          `stagedoor: The database test_1 at 127.0.0.1:${encrypted.port} cannot be used: its certificate is not signed by a trusted authority. ` +
          'Name the certificate of the authority in the URL: ' +
          '?sslmode=verify-full&sslrootcert=/path/to/ca.pem. Nothing was changed.\n',
      })
    }
    const trusted = `sslmode=verify-full&sslrootcert=${join(encrypted.folder, 'server.crt')}`
    expect(await list(`${url}?${trusted}`)).toEqual({ status: 0, stderr: '' })
    const elsewhere = await list(`${url.replace('127.0.0.1', 'localhost')}?${trusted}`)
    expect([elsewhere.status, elsewhere.stderr]).toEqual([2, expect.stringContaining('for another host')])
    expect(await list(`${url}?sslmode=no-verify`)).toEqual({ status: 0, stderr: '' })
  })

  it('that offers no TLS, a mode of TLS that there is not, and a file that is not there, are named', async () => {
    const url = plain.makeDatabase()
    for (const [query, words] of [
      ['sslmode=verify-full', 'it does not support TLS. Enable it there'],
      ['sslmode=yes', 'sslmode must be one of disable, prefer'],
      ['sslrootcert=/no/such.pem', 'sslrootcert names a file that cannot be read: /no/such.pem (ENOENT)'],
    ] as const) {
      const { status, stderr } = await list(`${url}?${query}`)
      expect([status, stderr.trim().split('\n').length]).toEqual([2, 1])
      expect(stderr).toContain(words)
    }
  })

  it('of a newer schema says to upgrade, and which versions both have', async () => {
    const databaseUrl = plain.makeDatabase()
    await makeNewer(databaseUrl)
    expect(await list(databaseUrl)).toEqual({ status: 2, stderr: NEWER })
  })

  async function makeNewer(databaseUrl: string | undefined): Promise<void> {
    const { store } = await openStore({ dataFolder: folder.path, databaseUrl })
    await store.db
      .insertInto('kysely_migration' as never)
      .values({ name: '9999-tomorrow', timestamp: '2999' } as never)
      .execute()
    await store.close()
  }

  it('is so on SQLite too', async () => {
    const own = makeFolder()
    const { store } = await openStore({ dataFolder: own.path })
    await store.db
      .insertInto('kysely_migration' as never)
      .values({ name: '9999-tomorrow', timestamp: '' } as never)
      .execute()
    await store.close()
    const { status, stderr } = await stagedoor(['key', 'list', '--data', own.path])
    expect({ status, stderr }).toEqual({ status: 2, stderr: NEWER })
    own.remove()
  })
})

const NEWER = expect.stringMatching(
  /^stagedoor: The store was written by a newer Stagedoor: its schema is 9999-tomorrow, but this version supports \d{4}-[\w-]+\. Upgrade .*\n$/,
)
