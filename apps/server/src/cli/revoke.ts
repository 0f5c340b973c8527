import { Command } from 'commander'
import type { RevocationKind } from '../keyring/revocation.ts'
import { revoke } from '../keyring/revoke.ts'
import { closeAndKeepOut } from './keep-out.ts'
import { dateOf, print } from './output.ts'
import { onStore, type StoreSettings, withChange } from './settings.ts'

const WORDS: Record<RevocationKind, (subject: string, until: string) => string> = {
  token: (subject) => `The token ${subject} is revoked, with every later token of its session.`,
  user: (subject, until) => `Every token of ${subject} that was minted until ${until} is revoked.`,
  secret: (subject) => `Every token that ${subject} has signed is revoked, and the secret is retired.`,
  everything: (_subject, until) => `Every token that was minted until ${until} is revoked.`,
}

export function revokeCommand(): Command {
  const command = new Command('revoke').description(
    'take back what was admitted: sessions end at once, tokens open no more',
  )
  onStore(command.command('token <api-key> <jti>'))
    .description('revoke one token by its "jti"')
    .action((apiKey: string, jti: string, settings: StoreSettings) => run('token', apiKey, jti, settings))
  onStore(command.command('session <session-id>'))
    .description('close a live session, and revoke every token that it has presented; asks the running server')
    .addHelpText(
      'after',
      '\nThe same as "stagedoor session close --keep-out".\n' +
        '\nExample:\n  $ stagedoor session list --user alice\n  $ stagedoor revoke session <session id>',
    )
    .action(closeAndKeepOut)
  onStore(command.command('user <api-key> <user-id>'))
    .description('revoke every token of a user that was minted until now')
    .action((apiKey: string, userId: string, settings: StoreSettings) => run('user', apiKey, userId, settings))
  onStore(command.command('secret <api-key> <key-id>'))
    .description('revoke every token that names this key as its signer, and retire it: for a secret that has leaked')
    .action((apiKey: string, keyId: string, settings: StoreSettings) => run('secret', apiKey, keyId, settings))
  onStore(command.command('everything <api-key>'))
    .description('revoke every token of an API key that was minted until now')
    .action((apiKey: string, settings: StoreSettings) => run('everything', apiKey, '', settings))
  return command
}

async function run(kind: RevocationKind, apiKey: string, subject: string, settings: StoreSettings): Promise<void> {
  const revocation = await withChange(settings, async (office, note) => {
    const made = await revoke(office, apiKey, { kind, subject })
    note({ action: 'revocation.made', apiKey, subject: subject || undefined, after: { kind } })
    return made
  })
  print(settings.json, revocation, () => [WORDS[kind](subject, dateOf(revocation.revokedAt))])
}
