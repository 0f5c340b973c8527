import { afterAll, beforeAll, expect, it } from 'vitest'
import { openStore } from '../../apps/server/src/store/open.ts'
import { describeRecords } from '../../apps/server/src/store/records.contract.ts'
import { describeStore } from '../../apps/server/src/store/store.contract.ts'
import { temporaryFolder } from '../../apps/server/src/store/store.fixture.ts'
import { describeUsedTokens } from '../../apps/server/src/store/used-tokens.contract.ts'
import { describeWebhooks } from '../../apps/server/src/store/webhooks.contract.ts'
import { startPostgres, type ThrowAwayPostgres } from './postgres.fixture.ts'

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

describeStore('PostgreSQL', makeLocation)
describeRecords('PostgreSQL', makeLocation)
describeUsedTokens('PostgreSQL', makeLocation)
describeWebhooks('PostgreSQL', makeLocation)
