import { afterAll, beforeAll } from 'vitest'
import { describeStore } from '../../apps/server/src/store/store.contract.ts'
import { temporaryFolder } from '../../apps/server/src/store/store.fixture.ts'
import { startPostgres, type ThrowAwayPostgres } from './postgres.fixture.ts'

let server: ThrowAwayPostgres
beforeAll(async () => {
  server = await startPostgres()
})
afterAll(() => server?.remove())

describeStore('PostgreSQL', async () => ({ dataFolder: temporaryFolder(), databaseUrl: server.makeDatabase() }))
