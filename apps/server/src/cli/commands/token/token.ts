import { type ConversationGrant, MAX_TTL_SECONDS, PUBLICATIONS, ROLES, type Role } from '@stagedoor/access-token'
import { Command, InvalidArgumentError } from 'commander'
import { durationOption } from '../../input/duration-option.ts'
import { parsePublications } from '../../input/parse-publications.ts'
import { jsonOption, onStore } from '../../input/settings.ts'
import { localOnly, onPlatform } from '../../open-platform-client.ts'
import { examples } from '../../output/examples.ts'
import { createToken } from './create.ts'
import { showToken } from './inspect.ts'
import { verifyToken } from './verify.ts'

export function tokenCommand(): Command {
  const token = new Command('token').description('access tokens: create, verify and inspect them')
  onPlatform(token.command('create <api-key>'))
    .description('create an access token with the newest secret of an API key')
    .option('--user <id>', 'the user id of the token')
    .option('--any-user', 'create a token for any user id, if the policy accepts such tokens', false)
    .addOption(
      durationOption('--ttl <duration>', 'the lifetime of the token', {
        leastSeconds: 1,
        mostSeconds: MAX_TTL_SECONDS,
      }).default(3_600, '1h'),
    )
    .option(
      '--conversation <name[:role[:publish]]>',
      'only allow this conversation; can be repeated, and the name can end in *',
      (text, before: ReturnType<typeof parseGrant>[] | undefined) => [...(before ?? []), parseGrant(text)],
    )
    .addHelpText(
      'after',
      examples(
        'token create key_… --user alice',
        'token create key_… --user bob --ttl 10m --conversation "room-*:guest:audio"',
      ),
    )
    .action(createToken)
  localOnly(onStore(token.command('verify [token]')))
    .description('verify a token, including revocations and single use; exit code 1 if it is refused')
    .option('--key <api-key>', 'the API key to verify it for (default: the one in the token)')
    .option('--user <id>', 'the user id that presents it (default: the one in the token)')
    .addHelpText('after', '\nThe token is the argument or, with "-" or none, standard input.')
    .action(verifyToken)
  token
    .command('inspect [token]')
    .addOption(jsonOption())
    .description('print the header and claims of a token, without verifying it')
    .addHelpText('after', '\nThe token is the argument or, with "-" or none, standard input.')
    .action(showToken)
  return token
}

/**
 * Parses a conversation grant: `NAME`, `NAME:ROLE` or `NAME:ROLE:audio,video`. Without a list, a guest may publish nothing and
 * other roles may publish everything.
 */
function parseGrant(text: string): ConversationGrant {
  const [name = '', role = 'contributor', publish] = text.split(':')
  if (name === '') throw new InvalidArgumentError('Expected the name of a conversation first, such as lobby:guest.')
  if (!ROLES.includes(role as Role)) throw new InvalidArgumentError(`The role must be one of ${ROLES.join(', ')}.`)
  const all = role === 'guest' ? [] : PUBLICATIONS
  return {
    name,
    role: role as Role,
    publish: publish === undefined ? all : parsePublications(publish),
    subscribe: true,
  }
}
