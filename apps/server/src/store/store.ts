import type { Kysely } from 'kysely'
import type { Ledger, Records } from '../records.ts'
import type { RefusalStore } from '../refusal-log/refusal-store.ts'
import type { TrafficStore } from '../traffic/traffic-store.ts'
import { change, changeUncounted } from './changes.ts'
import { accountQueries } from './queries/account-queries.ts'
import { answeredRequestQueries } from './queries/answered-request-queries.ts'
import { auditQueries } from './queries/audit-queries.ts'
import { keyQueries } from './queries/key-queries.ts'
import { refusalQueries } from './queries/refusal-queries.ts'
import { trafficQueries } from './queries/traffic-queries.ts'
import { usedTokenQueries } from './queries/used-token-queries.ts'
import { deliveryQueries } from './queries/webhook-delivery-queries.ts'
import { endpointQueries } from './queries/webhook-endpoint-queries.ts'
import type { Tables } from './tables.ts'

/** An open store, on any engine. */
export interface Store extends Ledger, RefusalStore, TrafficStore {
  readonly db: Kysely<Tables>
  /** Writes nothing that anyone reads; fails if a change would fail. */
  probeWrite(): Promise<void>
  close(): Promise<void>
}

export function storeOn(db: Kysely<Tables>): Store {
  return {
    db,
    ...recordsOn(db),
    ...refusalQueries(db),
    ...trafficQueries(db),
    transaction: (run) => change(db, (transaction) => run(recordsOn(transaction))),
    probeWrite: () => changeUncounted(db, async () => {}),
    close: () => db.destroy(),
  }
}

function recordsOn(db: Kysely<Tables>): Records {
  return {
    ...keyQueries(db),
    ...accountQueries(db),
    ...auditQueries(db),
    ...answeredRequestQueries(db),
    ...usedTokenQueries(db),
    ...endpointQueries(db),
    ...deliveryQueries(db),
  }
}
