import type { Admin, components } from '@stagedoor/admin'
import type { Revocation } from '../../api-key/revocation.ts'
import type { BanClient, PlatformClient } from '../platform-client.ts'
import { MAX_PAGE } from './find-in.ts'

/** The bans of the platform, over its API. */
export function remoteBans(admin: Admin): BanClient {
  return {
    async list(key) {
      const bans: Revocation[] = []
      const params = { path: { key }, query: { kind: 'ban', limit: MAX_PAGE } } as const
      for await (const ban of admin.list('/api/v1/keys/{key}/revocations', { params }))
        bans.push(readRevocation(key, ban))
      return bans
    },

    async lift(key, userId) {
      await admin.delete('/api/v1/keys/{key}/bans/{userId}', { params: { path: { key, userId } } })
    },
  }
}

export async function revokeRemote(
  admin: Admin,
  key: string,
  what: Parameters<PlatformClient['revoke']>[1],
): Promise<Revocation> {
  const body = what.kind === 'everything' ? { kind: what.kind } : what
  const made = await admin.post('/api/v1/keys/{key}/revocations', { params: { path: { key } }, body })
  return readRevocation(key, made)
}

function readRevocation(apiKey: string, { revokedBy, ...revocation }: components['schemas']['Revocation']): Revocation {
  return {
    apiKey,
    ...revocation,
    ...(revokedBy && { revokedBy: { kind: revokedBy.kind, name: revokedBy.name ?? undefined } }),
  }
}
