import { Command } from 'commander'
import type { ToRevoke } from '../api-key/revoke.ts'
import { closeSession } from './close-and-revoke.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from './open-platform-client.ts'
import { dateOf, print } from './output.ts'

type Kind = Exclude<ToRevoke['kind'], 'ban' | 'subject_token'>

const WORDS: Record<Kind, (subject: string, until: string) => string> = {
  token: (subject) => `The token ${subject} is revoked, with every later token of its session.`,
  user: (subject, until) => `Every token of ${subject} that was minted until ${until} is revoked.`,
  secret: (subject) => `Every token that ${subject} has signed is revoked, and the secret is retired.`,
  everything: (_subject, until) => `Every token that was minted until ${until} is revoked.`,
}

export function revokeCommand(): Command {
  const command = new Command('revoke').description(
    'take back what was admitted: sessions end at once, tokens open no more',
  )
  onPlatform(command.command('token <api-key> <jti>'))
    .description('revoke one token by its "jti"')
    .action((apiKey: string, jti: string, settings: PlatformSettings) => run('token', apiKey, jti, settings))
  onPlatform(command.command('session <session-id>'))
    .description('close a live session, and revoke every token that it has presented; asks the running platform')
    .addHelpText(
      'after',
      '\nThe same as "stagedoor session close --ban tokens".\n' +
        '\nExample:\n  $ stagedoor session list --user alice\n  $ stagedoor revoke session <session id>',
    )
    .action((sessionId: string, settings: PlatformSettings) => closeSession(sessionId, 'tokens', settings))
  onPlatform(command.command('user <api-key> <user-id>'))
    .description('revoke every token of a user that was minted until now')
    .action((apiKey: string, userId: string, settings: PlatformSettings) => run('user', apiKey, userId, settings))
  onPlatform(command.command('secret <api-key> <key-id>'))
    .description('revoke every token that names this key as its signer, and retire it: for a secret that has leaked')
    .action((apiKey: string, keyId: string, settings: PlatformSettings) => run('secret', apiKey, keyId, settings))
  onPlatform(command.command('everything <api-key>'))
    .description('revoke every token of an API key that was minted until now')
    .action((apiKey: string, settings: PlatformSettings) => run('everything', apiKey, '', settings))
  return command
}

async function run(kind: Kind, apiKey: string, subject: string, settings: PlatformSettings): Promise<void> {
  const revocation = await (await openPlatformClient(settings)).revoke(apiKey, { kind, subject })
  print(settings.json, revocation, () => [WORDS[kind](subject, dateOf(revocation.revokedAt))])
}
