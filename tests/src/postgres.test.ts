import { afterAll, beforeAll } from 'vitest'
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
describeStore('PostgreSQL', makeLocation)
describeRecords('PostgreSQL', makeLocation)
describeUsedTokens('PostgreSQL', makeLocation)
describeWebhooks('PostgreSQL', makeLocation)
