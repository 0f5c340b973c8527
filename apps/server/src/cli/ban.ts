import { Command } from 'commander'
import { parseBanSpan } from './close-and-revoke.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from './open-platform-client.ts'
import { columns, dateOf, print } from './output.ts'

/** Refuses users until a time, and shows and lifts that. */
export function banCommand(): Command {
  const ban = new Command('ban').description('refuse users until a time, whatever token they bring: ban, list, lift')
  onPlatform(ban.command('user <api-key> <user-id>'))
    .description('end the sessions of a user, and refuse the user until the time is over')
    .requiredOption('--for <span>', 'how long, such as 10m, 1h or 7d; 366d at the most', parseBanSpan)
    .addHelpText(
      'after',
      '\nA user that is banned already is banned for the longer of the two times; to shorten a ban, lift it first.\n' +
        '\nExample:\n  $ stagedoor ban user key_… alice --for 24h',
    )
    .action(banUser)
  onPlatform(ban.command('list <api-key>')).description('list the bans that have not ended').action(list)
  onPlatform(ban.command('lift <api-key> <user-id>'))
    .description('end the ban of a user before its time; tokens that were revoked stay revoked')
    .action(lift)
  return ban
}

async function banUser(
  apiKey: string,
  userId: string,
  { for: forSeconds, ...settings }: PlatformSettings & { readonly for: number },
): Promise<void> {
  const made = await (await openPlatformClient(settings)).revoke(apiKey, { kind: 'ban', subject: userId, forSeconds })
  print(settings.json, made, () => [`${userId} is banned until ${dateOf(made.forgetAt)}, unless a longer ban is set.`])
}

async function list(apiKey: string, settings: PlatformSettings): Promise<void> {
  const bans = await (await openPlatformClient(settings)).bans.list(apiKey)
  print(settings.json, bans, () =>
    bans.length === 0
      ? ['Nobody is banned.']
      : columns([
          ['USER', 'SINCE', 'UNTIL'],
          ...bans.map(({ subject, revokedAt, forgetAt }) => [subject, dateOf(revokedAt), dateOf(forgetAt)]),
        ]),
  )
}

async function lift(apiKey: string, userId: string, settings: PlatformSettings): Promise<void> {
  await (await openPlatformClient(settings)).bans.lift(apiKey, userId)
  print(settings.json, { apiKey, userId }, () => [`The ban of ${userId} is lifted.`])
}
