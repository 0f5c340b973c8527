import type { ConversationGrant } from '@stagedoor/access-token'
import { userIdSchema } from '@stagedoor/protocol'
import { commandLine } from '../../../command-line.ts'
import { openPlatformClient, type PlatformSettings } from '../../open-platform-client.ts'
import { CliError, print, warn } from '../../output/print.ts'

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
    warn(
      `the policy of ${apiKey} refuses such a token. To accept it: ${commandLine(`policy set ${apiKey} --allow-any-user`)}`,
    )
  }
}

/** Returns undefined for any user. */
function readUser({ user, anyUser }: Settings): string | undefined {
  if (anyUser === (user !== undefined)) throw new CliError('Use either --user <id> or --any-user')
  if (user === undefined) return undefined
  if (userIdSchema.safeParse(user).success) return user
  throw new CliError('--user must have 1 to 256 characters and cannot be ApiKey_Token: use --any-user for that')
}
