import { ANY_USER_AGENT } from '@stagedoor/access-token'
import { openSecret } from '../../api-key/add-signing-key.ts'
import { requireApiKey } from '../../api-key/change-context.ts'
import { mint } from '../../api-key/mint.ts'
import type { Minted, MintingWish } from '../platform-client.ts'
import { type StoreSettings, withStore } from './store.ts'

/** Creates a token with the newest secret in the store. */
export async function mintLocal(
  settings: StoreSettings,
  apiKey: string,
  { id, ttlSeconds, conversations }: MintingWish,
): Promise<Minted> {
  const { secret, policy } = await withStore(settings, async (context) => ({
    secret: await openSecret(context, apiKey),
    policy: (await requireApiKey(context.store, apiKey)).policy,
  }))
  const token = mint(policy, secret, { id: id ?? ANY_USER_AGENT, ttlSeconds, conversations })
  return { token, isAdmitted: id !== undefined || policy.allowAnyUser }
}
