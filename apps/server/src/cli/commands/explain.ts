import process from 'node:process'
import { ANY_USER_AGENT, inspectToken, PUBLICATIONS, type Publication } from '@stagedoor/access-token'
import { apiKeySchema, conversationNameSchema, userIdSchema } from '@stagedoor/protocol'
import { Command, InvalidArgumentError } from 'commander'
import { commandLine } from '../../command-line.ts'
import type { Question } from '../../dry-run/dry-run.ts'
import { readOrigin } from '../../policy/origin.ts'
import { parsePublications } from '../input/parse-publications.ts'
import { readToken } from '../input/read-token.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../open-platform-client.ts'
import { checkLines } from '../output/check-list.ts'
import { examples } from '../output/examples.ts'
import { CliError, print } from '../output/print.ts'
import type { Explained } from '../platform-client.ts'

interface Settings extends PlatformSettings {
  /** False with `--no-token`. */
  readonly token: boolean
  readonly key?: string
  readonly user?: string
  readonly origin?: string
  readonly conversation?: string
  readonly publish?: readonly Publication[]
}

export function explainCommand(): Command {
  return onPlatform(new Command('explain').argument('[token]'))
    .description('dry run: would this user be admitted with this token, join the conversation and publish there?')
    .option('--no-token', 'test a registration without a token; needs --key and --user')
    .option('--key <api-key>', 'the API key to register with (default: the one in the token)')
    .option('--user <id>', 'the user id to register with (default: the one in the token)')
    .option('--origin <origin>', 'the origin of the page, such as https://shop.example', parseOrigin)
    .option('--conversation <name>', 'the conversation to join')
    .option('--publish <kinds>', `what to publish there: a list of ${PUBLICATIONS.join(', ')}`, parsePublications)
    .addHelpText(
      'after',
      '\nWithout an argument, or with "-", the token is read from standard input. Nothing is changed: no session is opened and\n' +
        'no single-use token is used. The server that runs on the data folder answers; without one, the store does.\n' +
        'Exit code: 0 for yes, 1 for no.\n' +
        examples(
          `token create key_… --user alice | ${commandLine('explain --conversation lobby')}`,
          'explain eyJ… --origin https://shop.example --conversation lobby --publish audio,video',
          'explain --no-token --key key_… --user alice --conversation lobby',
        ),
    )
    .action(explain)
}

async function explain(argument: string | undefined, settings: Settings): Promise<void> {
  const question = settings.token
    ? readQuestion(await readToken(argument), settings)
    : readQuestion(requireNone(argument, settings), settings)
  const { answer, answeredBy } = await (await openPlatformClient(settings)).explain(question)
  print(settings.json, { ...answer, answeredBy }, () => describeExplanation(answer, answeredBy))
  if (!answer.ok) process.exitCode = 1
}

// Without a token, only the options name the API key and the user.
function requireNone(argument: string | undefined, { key, user }: Settings): undefined {
  if (argument !== undefined) throw new CliError('Use either a token or --no-token, not both')
  if (key === undefined || user === undefined) throw new CliError('--no-token needs --key and --user')
  return undefined
}

function readQuestion(
  token: string | undefined,
  { key, user, origin, conversation, publish = [] }: Settings,
): Question {
  const named = token === undefined ? { apiKey: '', id: '' } : readNames(token)
  const apiKey = key ?? named.apiKey
  const id = user ?? named.id
  if (key !== undefined && !apiKeySchema.safeParse(key).success)
    throw new CliError('--key must have 1 to 256 characters')
  if (id === ANY_USER_AGENT)
    throw new CliError('The token is valid for any user id. Name the user id to register with: --user <id>')
  if (user !== undefined && !userIdSchema.safeParse(user).success) {
    throw new CliError('--user must have 1 to 256 characters')
  }
  if (conversation !== undefined && !conversationNameSchema.safeParse(conversation).success) {
    throw new CliError('--conversation must have 1 to 128 characters and no "*"')
  }
  if (conversation === undefined && publish.length > 0) {
    throw new CliError('--publish needs --conversation')
  }
  return { apiKey, id, token, origin, conversation, publish }
}

// The token is verified later. Here its claims only provide defaults for the options.
function readNames(token: string): { readonly apiKey: string; readonly id: string } {
  const inspection = inspectToken(token)
  const { sub, grants } = inspection.ok ? inspection.payload : {}
  const id = isRecord(grants) ? grants['apiRTC_UserAgent_Id'] : undefined
  return { apiKey: nameOf(sub), id: nameOf(id) }
}

function nameOf(value: unknown): string {
  return apiKeySchema.safeParse(value).success ? (value as string) : ''
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

function describeExplanation({ sentence, checks }: Explained['answer'], answeredBy: Explained['answeredBy']): string[] {
  const sections = [
    ['Token', checks.token],
    ['Policy', checks.policy],
    ['Conversation', checks.conversation],
    ['Publication', checks.publication],
  ] as const
  const asked = sections.filter(([, list]) => list.length > 0)
  return [
    ...asked.flatMap(([title, list]) => [title, ...checkLines(list).map((line) => `  ${line}`), '']),
    ...(answeredBy === 'store' ? ['No server runs on this data folder, so the store answered.'] : []),
    sentence,
  ]
}

function parseOrigin(text: string): string {
  const origin = readOrigin(text)
  if (origin !== undefined && !origin.includes('*')) return origin
  throw new InvalidArgumentError('Expected an origin such as https://shop.example or capacitor://localhost.')
}
