import { Command } from 'commander'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../open-platform-client.ts'
import { examples } from '../output/examples.ts'
import { columns, dateOf, print, printList, withIsoTimes } from '../output/print.ts'
import { banDurationOption } from './close-and-revoke.ts'

/** Builds the `ban` command: bans users for a time, lists bans and lifts them. */
export function banCommand(): Command {
  const ban = new Command('ban').description('refuse users for a time, whatever token they have')
  onPlatform(ban.command('user <api-key> <user-id>'))
    .description('end the sessions of a user and refuse the user until the ban expires')
    .addOption(banDurationOption('--for <duration>', 'how long').makeOptionMandatory())
    .addHelpText(
      'after',
      '\nIf the user is already banned, the ban that ends later applies. To shorten a ban, lift it first.\n' +
        examples('ban user key_… alice --for 24h'),
    )
    .action(banUser)
  onPlatform(ban.command('list <api-key>')).description('list the active bans').action(list)
  onPlatform(ban.command('lift <api-key> <user-id>'))
    .description('end a ban early; revoked tokens stay revoked')
    .action(lift)
  return ban
}

async function banUser(
  apiKey: string,
  userId: string,
  { for: forSeconds, ...settings }: PlatformSettings & { readonly for: number },
): Promise<void> {
  const made = await (await openPlatformClient(settings)).revoke(apiKey, { kind: 'ban', subject: userId, forSeconds })
  print(settings.json, withIsoTimes(made), () => [
    `Banned ${userId} until ${dateOf(made.forgetAt)}. A longer ban that was set earlier still applies.`,
  ])
}

async function list(apiKey: string, settings: PlatformSettings): Promise<void> {
  const bans = await (await openPlatformClient(settings)).bans.list(apiKey)
  printList(settings.json, { items: bans }, () =>
    bans.length === 0
      ? ['No active bans.']
      : columns([
          ['USER', 'SINCE', 'UNTIL'],
          ...bans.map(({ subject, revokedAt, forgetAt }) => [subject, dateOf(revokedAt), dateOf(forgetAt)]),
        ]),
  )
}

async function lift(apiKey: string, userId: string, settings: PlatformSettings): Promise<void> {
  await (await openPlatformClient(settings)).bans.lift(apiKey, userId)
  print(settings.json, { apiKey, userId }, () => [`Lifted the ban of ${userId}.`])
}
