import { describeHistory } from '../history.contract.ts'
import { describeRecords } from '../records.contract.ts'
import { describeRotation } from '../rotation.contract.ts'
import { describeStore } from '../store.contract.ts'
import { temporaryFolder } from '../store.fixture.ts'
import { describeUsedTokens } from '../used-tokens.contract.ts'
import { describeWebhooks } from '../webhooks.contract.ts'
import { availableDrivers } from './driver/drivers.fixture.ts'

for (const driver of availableDrivers()) {
  const engine = `SQLite (${driver.name})`
  const makeLocation = async () => ({ dataFolder: temporaryFolder(), sqliteDriver: driver })
  describeStore(engine, makeLocation)
  describeRotation(engine, makeLocation)
  describeRecords(engine, makeLocation)
  describeUsedTokens(engine, makeLocation)
  describeWebhooks(engine, makeLocation)
  describeHistory(engine, makeLocation)
}
