import type { ConversationGrant } from '@stagedoor/access-token'
import { userIdSchema } from '@stagedoor/protocol'
import { openPlatformClient, type PlatformSettings } from './open-platform-client.ts'
import { CliError, print, warn } from './output.ts'

interface Settings extends PlatformSettings {
  readonly user?: string
  readonly anyUser: boolean
  readonly ttl: number
  readonly conversation?: readonly ConversationGrant[]
}

export async function createToken(apiKey: string, settings: Settings): Promise<void> {
  const { ttl: ttlSeconds, conversation: conversations } = settings
  const id = readUser(settings)
  const { token, isAdmitted } = await (await openPlatformClient(settings)).mint(apiKey, {
    id,
    ttlSeconds,
    conversations,
  })
  print(settings.json, { token }, () => [token])
  if (!isAdmitted) {
    warn(`${apiKey} does not admit such a token. To change that: stagedoor policy set ${apiKey} --allow-any-user`)
  }
}

/** Nothing for any user. */
function readUser({ user, anyUser }: Settings): string | undefined {
  if (anyUser === (user !== undefined)) throw new CliError('Give either --user <id> or --any-user')
  if (user === undefined) return undefined
  if (userIdSchema.safeParse(user).success) return user
  throw new CliError('--user takes 1 to 256 characters, and not ApiKey_Token: for that there is --any-user')
}
