import process from 'node:process'
import { ANY_USER_AGENT, inspectToken, PUBLICATIONS, type Publication } from '@stagedoor/access-token'
import { apiKeySchema, conversationNameSchema, userIdSchema } from '@stagedoor/protocol'
import { Command, InvalidArgumentError } from 'commander'
import type { Question } from '../dry-run/dry-run.ts'
import { readOrigin } from '../policy/origin.ts'
import { checkLines } from './check-list.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from './open-platform-client.ts'
import { CliError, print } from './output.ts'
import { parsePublications } from './parse-publications.ts'
import type { Explained } from './platform-client.ts'
import { readToken } from './read-token.ts'

interface Settings extends PlatformSettings {
  /** False where there is none. */
  readonly token: boolean
  readonly key?: string
  readonly user?: string
  readonly origin?: string
  readonly conversation?: string
  readonly publish?: readonly Publication[]
}

export function explainCommand(): Command {
  return onPlatform(new Command('explain').argument('[token]'))
    .description('a dry run: would this token, or none, let this user in, into that conversation, to publish that?')
    .option('--no-token', 'ask about a knock without a token, which some policies let in; takes --key and --user')
    .option('--key <api-key>', 'the API key to register with (default: the one that the token names)')
    .option('--user <id>', 'the user id to register with (default: the one that the token names)')
    .option('--origin <origin>', 'the origin of the page, such as https://shop.example', parseOrigin)
    .option('--conversation <name>', 'the conversation to enter')
    .option('--publish <kinds>', `what to publish there, out of ${PUBLICATIONS.join(',')}`, parsePublications)
    .addHelpText(
      'after',
      '\nThe token is the argument or, with "-" or none, standard input. Nothing is opened and nothing is used up. Where a\n' +
        'server runs on the data folder it is the one that answers, else the store does. Exit code 0: yes; 1: no.\n' +
        '\nExamples:\n' +
        '  $ stagedoor token create key_… --user alice | stagedoor explain --conversation lobby\n' +
        '  $ stagedoor explain eyJ… --origin https://shop.example --conversation lobby --publish audio,video\n' +
        '  $ stagedoor explain --no-token --key key_… --user alice --conversation lobby',
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

// Without a token nothing names the API key and the user but the options.
function requireNone(argument: string | undefined, { key, user }: Settings): undefined {
  if (argument !== undefined) throw new CliError('Give a token or --no-token, and not both')
  if (key === undefined || user === undefined) throw new CliError('Without a token, say --key and --user')
  return undefined
}

function readQuestion(
  token: string | undefined,
  { key, user, origin, conversation, publish = [] }: Settings,
): Question {
  const named = token === undefined ? { apiKey: '', id: '' } : readNames(token)
  const apiKey = key ?? named.apiKey
  const id = user ?? named.id
  if (key !== undefined && !apiKeySchema.safeParse(key).success) throw new CliError('--key takes 1 to 256 characters')
  if (id === ANY_USER_AGENT) throw new CliError('The token is for any user id: say with --user which one registers')
  if (user !== undefined && !userIdSchema.safeParse(user).success) {
    throw new CliError('--user takes 1 to 256 characters')
  }
  if (conversation !== undefined && !conversationNameSchema.safeParse(conversation).success) {
    throw new CliError('--conversation takes the name of one: 1 to 128 characters, and no "*"')
  }
  if (conversation === undefined && publish.length > 0) {
    throw new CliError('One publishes in a conversation: say with --conversation in which')
  }
  return { apiKey, id, token, origin, conversation, publish }
}

// What a token says of itself is judged later; here it only spares its owner the typing.
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
    ['The token', checks.token],
    ['Policy', checks.policy],
    ['The conversation', checks.conversation],
    ['The publication', checks.publication],
  ] as const
  const asked = sections.filter(([, list]) => list.length > 0)
  return [
    ...asked.flatMap(([title, list]) => [title, ...checkLines(list).map((line) => `  ${line}`), '']),
    ...(answeredBy === 'store' ? ['No server runs on this data folder; this is what the store says.'] : []),
    sentence,
  ]
}

function parseOrigin(text: string): string {
  const origin = readOrigin(text)
  if (origin !== undefined && !origin.includes('*')) return origin
  throw new InvalidArgumentError('Give an origin such as https://shop.example or capacitor://localhost.')
}
