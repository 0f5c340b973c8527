import { Command } from 'commander'
import type { ToRevoke } from '../../api-key/revoke.ts'
import { confirm, yesOption } from '../input/confirm.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../open-platform-client.ts'
import { examples } from '../output/examples.ts'
import { dateOf, print, withIsoTimes } from '../output/print.ts'
import { closeSession } from './close-and-revoke.ts'

type Kind = Exclude<ToRevoke['kind'], 'ban' | 'subject_token'>

const WORDS: Record<Kind, (subject: string, until: string) => string> = {
  token: (subject) => `Revoked the token ${subject} and every later token of its session.`,
  user: (subject, until) => `Revoked every token of ${subject} issued up to ${until}.`,
  signing_key: (subject) => `Revoked every token signed with ${subject} and retired the key.`,
  everything: (_subject, until) => `Revoked every token issued up to ${until}.`,
}

export function revokeCommand(): Command {
  const command = new Command('revoke').description('revoke tokens and end their sessions')
  onPlatform(command.command('token <api-key> <jti>'))
    .description('revoke one token by its "jti" claim')
    .action((apiKey: string, jti: string, settings: PlatformSettings) => run('token', apiKey, jti, settings))
  onPlatform(command.command('session <session-id>'))
    .description('close a live session and revoke every token it presented; needs a running platform')
    .addHelpText(
      'after',
      '\nThe same as "stagedoor session close --ban tokens".\n' +
        examples('session list --user alice', 'revoke session <session id>'),
    )
    .action((sessionId: string, settings: PlatformSettings) => closeSession(sessionId, 'tokens', settings))
  onPlatform(command.command('user <api-key> <user-id>'))
    .description('revoke every token issued to a user so far')
    .action((apiKey: string, userId: string, settings: PlatformSettings) => run('user', apiKey, userId, settings))
  onPlatform(command.command('signing-key <api-key> <key-id>'))
    .description('revoke every token signed with a key and retire the key, for example after a leak')
    .action((apiKey: string, keyId: string, settings: PlatformSettings) => run('signing_key', apiKey, keyId, settings))
  onPlatform(command.command('everything <api-key>'))
    .description('revoke every token issued for an API key so far')
    .addOption(yesOption())
    .action(revokeEverything)
  return command
}

async function revokeEverything(apiKey: string, settings: PlatformSettings & { readonly yes: boolean }): Promise<void> {
  await confirm(
    () => `Every token issued for ${apiKey} so far is refused and its sessions end. This cannot be undone.`,
    settings,
  )
  await run('everything', apiKey, '', settings)
}

async function run(kind: Kind, apiKey: string, subject: string, settings: PlatformSettings): Promise<void> {
  const revocation = await (await openPlatformClient(settings)).revoke(apiKey, { kind, subject })
  print(settings.json, withIsoTimes(revocation), () => [WORDS[kind](subject, dateOf(revocation.revokedAt))])
}
