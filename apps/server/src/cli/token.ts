import { MAX_TTL_SECONDS } from '@stagedoor/access-token'
import { Command } from 'commander'
import { hereAlone, onPlatform } from './open-platform-client.ts'
import { parseGrant } from './parse-grant.ts'
import { jsonOption, onStore, parseWhole } from './settings.ts'
import { createToken } from './token-create.ts'
import { showToken } from './token-inspect.ts'
import { verifyToken } from './token-verify.ts'

export function tokenCommand(): Command {
  const token = new Command('token').description('access tokens: mint one, verify one, look into one')
  onPlatform(token.command('create <api-key>'))
    .description('mint a token with the newest secret of an API key, and print it')
    .option('--user <id>', 'the user id that it admits')
    .option('--any-user', 'admit any user id (where the API key allows it)', false)
    .option('--ttl <seconds>', 'its life', (text) => parseWhole(text, 1, MAX_TTL_SECONDS), 3_600)
    .option(
      '--conversation <name[:role[:publish]]>',
      'let it into this conversation only; may be repeated, a name may end in *',
      (text, before: ReturnType<typeof parseGrant>[] | undefined) => [...(before ?? []), parseGrant(text)],
    )
    .addHelpText(
      'after',
      '\nExamples:\n' +
        '  $ stagedoor token create key_… --user alice\n' +
        '  $ stagedoor token create key_… --user bob --ttl 600 --conversation "room-*:guest:audio"',
    )
    .action(createToken)
  hereAlone(onStore(token.command('verify [token]')))
    .description('verify a token, and look at what is revoked, disabled or used; exit code 1 where it is refused')
    .option('--key <api-key>', 'the API key to verify it for (default: the one that it names)')
    .option('--user <id>', 'the user id that registers with it (default: the one that it names)')
    .addHelpText('after', '\nThe token is the argument or, with "-" or none, standard input.')
    .action(verifyToken)
  token
    .command('inspect [token]')
    .addOption(jsonOption())
    .description('print what a token says; no secret is needed, and nothing is verified')
    .addHelpText('after', '\nThe token is the argument or, with "-" or none, standard input.')
    .action(showToken)
  return token
}
