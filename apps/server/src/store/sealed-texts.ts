import type { Transaction } from 'kysely'
import { openSigningKey, sealSigningKey } from '../api-key/seal-signing-key.ts'
import { openSecrets, sealSecrets } from '../events/webhook/seal-secrets.ts'
import type { Seal } from '../vault/seal.ts'
import { readSigningKey } from './queries/key-queries.ts'
import { readEndpoint } from './queries/webhook-endpoint-queries.ts'
import type { Tables } from './tables.ts'

/** A stored secret, decrypted, and how to re-encrypt it in place. */
export interface SealedText {
  readonly text: string
  sealWith(seal: Seal): Promise<void>
}

/**
 * Decrypts every stored secret, always in the same order: signing keys, then the secrets of webhooks.
 *
 * @throws {SealBrokenError} if one cannot be decrypted.
 */
export async function openSealedTexts(transaction: Transaction<Tables>, seal: Seal): Promise<readonly SealedText[]> {
  return [...(await openSigningKeys(transaction, seal)), ...(await openEndpoints(transaction, seal))]
}

async function openSigningKeys(transaction: Transaction<Tables>, seal: Seal): Promise<readonly SealedText[]> {
  const rows = await transaction.selectFrom('signing_key').selectAll().orderBy('api_key').orderBy('key_id').execute()
  return rows.map((row) => {
    const key = openSigningKey(seal, readSigningKey(row))
    return {
      text: key.material,
      async sealWith(next) {
        const { sealed, masterKeyVersion } = sealSigningKey(next, key)
        await transaction
          .updateTable('signing_key')
          .set({ sealed, master_key_version: masterKeyVersion })
          .where('api_key', '=', key.apiKey)
          .where('key_id', '=', key.keyId)
          .execute()
      },
    }
  })
}

async function openEndpoints(transaction: Transaction<Tables>, seal: Seal): Promise<readonly SealedText[]> {
  const rows = await transaction.selectFrom('webhook_endpoint').selectAll().orderBy('endpoint_id').execute()
  return rows.map((row) => {
    const endpoint = readEndpoint(row)
    const secrets = openSecrets(seal, endpoint)
    return {
      text: JSON.stringify(secrets),
      async sealWith(next) {
        const { sealed, masterKeyVersion } = sealSecrets(next, endpoint, secrets)
        await transaction
          .updateTable('webhook_endpoint')
          .set({ sealed, master_key_version: masterKeyVersion })
          .where('endpoint_id', '=', endpoint.endpointId)
          .execute()
      },
    }
  })
}
