import { describeRecords } from './records.contract.ts'
import { describeStore } from './store.contract.ts'
import { temporaryFolder } from './store.fixture.ts'
import { describeUsedTokens } from './used-tokens.contract.ts'
import { describeWebhooks } from './webhooks.contract.ts'

const makeLocation = async () => ({ dataFolder: temporaryFolder() })
describeStore('SQLite', makeLocation)
describeRecords('SQLite', makeLocation)
describeUsedTokens('SQLite', makeLocation)
describeWebhooks('SQLite', makeLocation)
