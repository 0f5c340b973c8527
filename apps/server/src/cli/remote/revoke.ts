import type { Admin } from '@stagedoor/admin'
import type { Revocation } from '../../api-key/revocation.ts'
import type { PlatformClient } from '../platform-client.ts'

export async function revokeRemote(
  admin: Admin,
  key: string,
  what: Parameters<PlatformClient['revoke']>[1],
): Promise<Revocation> {
  const body = what.kind === 'everything' ? { kind: what.kind } : what
  const made = await admin.post('/api/v1/keys/{key}/revocations', { params: { path: { key } }, body })
  return { apiKey: key, ...made }
}
