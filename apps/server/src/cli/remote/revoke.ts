import type { Admin } from '@stagedoor/admin'
import type { Revocation } from '../../api-key/revocation.ts'
import type { Desk } from '../platform-client.ts'

export async function revokeAfar(admin: Admin, key: string, what: Parameters<Desk['revoke']>[1]): Promise<Revocation> {
  const body = what.kind === 'everything' ? { kind: what.kind } : what
  const made = await admin.post('/api/v1/keys/{key}/revocations', { params: { path: { key } }, body })
  return { apiKey: key, ...made }
}
