import { AccessToken, ANY_USER_AGENT } from '@stagedoor/access-token'
import { openSecret } from '../../keyring/add-signing-key.ts'
import { requireApiKey } from '../../keyring/office.ts'
import type { Minted, MintingWish } from '../desk.ts'
import { type StoreSettings, withStore } from '../settings.ts'

/** Mints with the newest secret of the store. */
export async function mintHere(
  settings: StoreSettings,
  apiKey: string,
  { id, ttlSeconds, conversations }: MintingWish,
): Promise<Minted> {
  const { keyId, secret, algorithm, policy } = await withStore(settings, async (office) => ({
    ...(await openSecret(office, apiKey)),
    ...(await requireApiKey(office.store, apiKey)),
  }))
  const token = new AccessToken(apiKey, secret, {
    apiRTC_UserAgent_Id: id ?? ANY_USER_AGENT,
    audience: policy.audience,
    algorithm,
    keyId,
    ttl: ttlSeconds,
    ...(conversations !== undefined && { conversations }),
  }).toJwt()
  return { token, isAdmitted: id !== undefined || policy.allowAnyUser }
}
