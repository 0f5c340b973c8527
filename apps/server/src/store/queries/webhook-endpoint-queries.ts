import type { Kysely } from 'kysely'
import type { SealedEndpoint } from '../../events/webhook/endpoint.ts'
import type { EndpointChange, WebhookStore } from '../../events/webhook/webhook-store.ts'
import { change } from '../changes.ts'
import { requireVersion } from '../master-key-version.ts'
import type { EndpointRow, Tables } from '../tables.ts'

type EndpointStore = Pick<WebhookStore, 'listEndpoints' | 'addEndpoint' | 'changeEndpoint' | 'deleteEndpoint'>

/** The queries of webhook endpoints, the same on every engine. */
export function endpointQueries(db: Kysely<Tables>): EndpointStore {
  return {
    async listEndpoints(apiKey) {
      const all = db.selectFrom('webhook_endpoint').selectAll().orderBy('created_at').orderBy('endpoint_id')
      const rows = await (apiKey === undefined ? all : all.where('api_key', '=', apiKey)).execute()
      return rows.map(readEndpoint)
    },

    async addEndpoint(endpoint) {
      await change(db, async (transaction) => {
        await requireVersion(transaction, endpoint.masterKeyVersion)
        await transaction.insertInto('webhook_endpoint').values(writeEndpoint(endpoint)).execute()
      })
    },

    async changeEndpoint(apiKey, endpointId, changed) {
      const { numUpdatedRows } = await change(db, async (transaction) => {
        if (changed.masterKeyVersion !== undefined) await requireVersion(transaction, changed.masterKeyVersion)
        return transaction
          .updateTable('webhook_endpoint')
          .set(writeChange(changed))
          .where('api_key', '=', apiKey)
          .where('endpoint_id', '=', endpointId)
          .executeTakeFirst()
      })
      return numUpdatedRows === 1n
    },

    async deleteEndpoint(apiKey, endpointId) {
      const { numDeletedRows } = await change(db, (transaction) =>
        transaction
          .deleteFrom('webhook_endpoint')
          .where('api_key', '=', apiKey)
          .where('endpoint_id', '=', endpointId)
          .executeTakeFirst(),
      )
      return numDeletedRows === 1n
    },
  }
}

export function readEndpoint(row: EndpointRow): SealedEndpoint {
  return {
    endpointId: row.endpoint_id,
    apiKey: row.api_key,
    url: row.url,
    types: row.types === null ? undefined : JSON.parse(row.types),
    description: row.description,
    state: row.state,
    isGone: row.is_gone === 1,
    sealed: row.sealed,
    masterKeyVersion: row.master_key_version,
    createdAt: row.created_at,
  }
}

function writeEndpoint(endpoint: SealedEndpoint): EndpointRow {
  return {
    endpoint_id: endpoint.endpointId,
    api_key: endpoint.apiKey,
    url: endpoint.url,
    types: endpoint.types === undefined ? null : JSON.stringify(endpoint.types),
    description: endpoint.description,
    state: endpoint.state,
    is_gone: endpoint.isGone ? 1 : 0,
    sealed: endpoint.sealed,
    master_key_version: endpoint.masterKeyVersion,
    created_at: endpoint.createdAt,
  }
}

function writeChange(changed: EndpointChange): Partial<EndpointRow> {
  const { url, description, state, isGone, sealed, masterKeyVersion } = changed
  return {
    ...(url !== undefined && { url }),
    ...('types' in changed && { types: changed.types === undefined ? null : JSON.stringify(changed.types) }),
    ...(description !== undefined && { description }),
    ...(state !== undefined && { state }),
    ...(isGone !== undefined && { is_gone: isGone ? 1 : 0 }),
    ...(sealed !== undefined && { sealed }),
    ...(masterKeyVersion !== undefined && { master_key_version: masterKeyVersion }),
  }
}
