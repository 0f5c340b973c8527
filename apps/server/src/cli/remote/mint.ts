import type { Admin } from '@stagedoor/admin'
import { CliError } from '../output/print.ts'
import type { Minted, MintingWish } from '../platform-client.ts'
import { sendable } from './sendable.ts'

/** Asks the platform for a token. It uses the newest secret of the API key and only issues tokens that the policy accepts. */
export async function mintRemote(
  admin: Admin,
  key: string,
  { id, ttlSeconds, conversations }: MintingWish,
): Promise<Minted> {
  if (id === undefined)
    throw new CliError("--any-user only works on the platform's own machine: the API creates tokens for one user")
  const body = sendable({ id, ttlSeconds, conversations })
  const { token } = await admin.post('/api/v1/keys/{key}/tokens', { params: { path: { key } }, body })
  return { token, isAdmitted: true }
}
