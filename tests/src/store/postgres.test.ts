import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { describeHistory } from '../../../apps/server/src/store/history.contract.ts'
import { openStore } from '../../../apps/server/src/store/open.ts'
import { describeRecords } from '../../../apps/server/src/store/records.contract.ts'
import { describeRotation } from '../../../apps/server/src/store/rotation.contract.ts'
import { describeStore } from '../../../apps/server/src/store/store.contract.ts'
import { temporaryFolder } from '../../../apps/server/src/store/store.fixture.ts'
import { describeUsedTokens } from '../../../apps/server/src/store/used-tokens.contract.ts'
import { describeWebhooks } from '../../../apps/server/src/store/webhooks.contract.ts'
import { StoreDownError } from '../../../apps/server/src/store-down.ts'
import { startPostgres, type ThrowAwayPostgres } from '../fixtures/postgres.fixture.ts'

let server: ThrowAwayPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.remove())

const makeLocation = async () => ({ dataFolder: temporaryFolder(), databaseUrl: server.makeDatabase() })
it.each(['LATIN1', 'SQL_ASCII'])(
  'a database of the encoding %s is refused, and it is said how to make a good one',
  async (encoding) => {
    const location = { dataFolder: temporaryFolder(), databaseUrl: server.makeDatabase(encoding) }
    await expect(openStore(location)).rejects.toThrow(new RegExp(`${encoding}.*createdb --encoding=UTF8`))
  },
)

it('a connection that the server ends during a transaction fails that transaction and nothing else', async () => {
  const faults: unknown[] = []
  const note = (error: unknown) => faults.push(error)
  process.on('uncaughtException', note)
  const location = await makeLocation()
  const { store } = await openStore(location)
  try {
    const change = store.transaction(async (records) => {
      await records.changeCount()
      // Between two statements: nothing waits for an answer of the server, so that nothing is rejected by its end.
      server.endConnections(location.databaseUrl)
      await sleep(200)
      await records.changeCount()
    })
    await expect(change).rejects.toThrow(StoreDownError)
    expect(faults).toEqual([])
    expect(await store.changeCount()).toBeGreaterThanOrEqual(0)
  } finally {
    process.off('uncaughtException', note)
    await store.close()
  }
})

describeStore('PostgreSQL', makeLocation)
describeRotation('PostgreSQL', makeLocation)
describeRecords('PostgreSQL', makeLocation)
describeUsedTokens('PostgreSQL', makeLocation)
describeWebhooks('PostgreSQL', makeLocation)
describeHistory('PostgreSQL', makeLocation)
