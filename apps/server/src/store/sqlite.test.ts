import { describeStore } from './store.contract.ts'
import { temporaryFolder } from './store.fixture.ts'

describeStore('SQLite', async () => ({ dataFolder: temporaryFolder() }))
