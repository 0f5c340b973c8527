import { showAuditEntry } from '../../api/v1/schemas/show.ts'
import type { AuditClient } from '../platform-client.ts'
import { dropNulls } from '../remote/drop-nulls.ts'
import { type StoreSettings, withStore } from './store.ts'

/** The audit log in the store. */
export function localAudit(settings: StoreSettings): AuditClient {
  return {
    list: (filter) =>
      withStore(settings, async ({ store }) =>
        (await store.listAudit(filter)).map((entry) => {
          const shown = showAuditEntry(entry)
          return { ...dropNulls(shown), actor: dropNulls(shown.actor) }
        }),
      ),
  }
}
