import type { Admin } from '@stagedoor/admin'
import { CliError } from '../output.ts'
import type { Minted, MintingWish } from '../platform-client.ts'
import { sendable } from './sendable.ts'

/** The platform mints, with the newest secret of the API key, and only what that lets in. */
export async function mintRemote(
  admin: Admin,
  key: string,
  { id, ttlSeconds, conversations }: MintingWish,
): Promise<Minted> {
  if (id === undefined)
    throw new CliError('--any-user works on the platform’s own machine alone: the API mints for one user')
  const body = sendable({ id, ttlSeconds, conversations })
  const { token } = await admin.post('/api/v1/keys/{key}/tokens', { params: { path: { key } }, body })
  return { token, isAdmitted: true }
}
