import { AccessToken, ANY_USER_AGENT, type ConversationGrant } from '@stagedoor/access-token'
import { userIdSchema } from '@stagedoor/protocol'
import { openSecret } from '../keyring/add-signing-key.ts'
import { requireApiKey } from '../keyring/office.ts'
import { CliError, print, warn } from './output.ts'
import { type StoreSettings, withStore } from './settings.ts'

interface Settings extends StoreSettings {
  readonly user?: string
  readonly anyUser: boolean
  readonly ttl: number
  readonly conversation?: readonly ConversationGrant[]
}

export async function createToken(apiKey: string, settings: Settings): Promise<void> {
  const { keyId, secret, policy } = await withStore(settings, async (office) => ({
    ...(await openSecret(office, apiKey)),
    ...(await requireApiKey(office.store, apiKey)),
  }))
  const token = new AccessToken(apiKey, secret, {
    apiRTC_UserAgent_Id: readUser(settings),
    keyId,
    ttl: settings.ttl,
    ...(settings.conversation !== undefined && { conversations: settings.conversation }),
  }).toJwt()
  print(settings.json, { token }, () => [token])
  if (settings.anyUser && !policy.allowAnyUser) {
    warn(`${apiKey} does not admit such a token. To change that: stagedoor policy set ${apiKey} --allow-any-user`)
  }
}

function readUser({ user, anyUser }: Settings): string {
  if (anyUser === (user !== undefined)) throw new CliError('Give either --user <id> or --any-user')
  if (user === undefined) return ANY_USER_AGENT
  if (userIdSchema.safeParse(user).success) return user
  throw new CliError('--user takes 1 to 256 characters, and not ApiKey_Token: for that there is --any-user')
}
