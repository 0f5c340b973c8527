import { conversationNameSchema, MAX_MESSAGE_LENGTH } from '@stagedoor/protocol'
import { Command } from 'commander'
import { commandLine } from '../../command-line.ts'
import { MAX_LISTED, type ShownConversationWithMembers } from '../../control/requests.ts'
import { confirm, yesOption } from '../input/confirm.ts'
import { readInput } from '../input/read-input.ts'
import { parseWhole } from '../input/settings.ts'
import { onPlatform, openPlatformClient, type PlatformSettings } from '../open-platform-client.ts'
import { examples } from '../output/examples.ts'
import { CliError, columns, print, printList } from '../output/print.ts'
import { BAN_HELP, type BanSettings, ejectSession, warnUnlessWritten, withBan } from './close-and-revoke.ts'

interface ListSettings extends PlatformSettings {
  readonly search?: string
  readonly limit: number
}

interface MuteSettings extends PlatformSettings {
  readonly audio: boolean
  readonly video: boolean
}

const DEFAULT_LIMIT = 100

/** Builds the `conversation` command: the live conversations of the running platform. */
export function conversationCommand(): Command {
  const conversation = new Command('conversation').description('live conversations of the running platform')
  onPlatform(conversation.command('list <api-key>'))
    .description('list the conversations that have members')
    .option('--search <text>', 'only names that contain this text')
    .option(
      '--limit <number>',
      'the maximum number of conversations',
      (text) => parseWhole(text, 1, MAX_LISTED),
      DEFAULT_LIMIT,
    )
    .addHelpText('after', examples('conversation list key_… --search lobby'))
    .action(list)
  onPlatform(conversation.command('show <api-key> <conversation>'))
    .description('show a conversation: its members, their streams and who receives them')
    .addHelpText('after', examples('conversation show key_… lobby'))
    .action(show)
  onPlatform(conversation.command('close <api-key> <conversation>'))
    .description('remove every member of a conversation; their sessions stay open and can join again')
    .addOption(yesOption())
    .addHelpText('after', examples('conversation close key_… lobby --yes'))
    .action(close)
  withBan(onPlatform(conversation.command('eject <api-key> <conversation> <session-id>')))
    .description('remove a session from a conversation; the same as "session eject"')
    .addHelpText(
      'after',
      `${BAN_HELP}${examples('conversation show key_… lobby', 'conversation eject key_… lobby <session id>')}`,
    )
    .action(eject)
  onPlatform(conversation.command('mute <api-key> <conversation> <stream-id>'))
    .description('mute a stream of a member')
    .option('--no-audio', 'do not mute its audio')
    .option('--video', 'also mute its video', false)
    .addHelpText(
      'after',
      '\nMedia travel between browsers, so a mute is a request: @stagedoor/client complies. Eject a client that does not.\n' +
        examples('conversation show key_… lobby', 'conversation mute key_… lobby <stream id> --video'),
    )
    .action(mute)
  onPlatform(conversation.command('message <api-key> <conversation> [text]'))
    .description('send a message to every member, as the application')
    .addHelpText(
      'after',
      `\nWithout a text, or with "-", it is read from standard input. It has at most ${MAX_MESSAGE_LENGTH} characters.\n` +
        examples('conversation message key_… lobby "We close in 5 minutes."'),
    )
    .action(message)
  return conversation
}

async function list(apiKey: string, { search, limit, ...settings }: ListSettings): Promise<void> {
  const client = (await openPlatformClient(settings)).conversations
  const { conversations, total } = await client.list({ apiKey, search, limit })
  printList(settings.json, { items: conversations, total }, () => {
    if (conversations.length === 0) return ['No conversations match.']
    const lines = columns([
      ['CONVERSATION', 'MEMBERS', 'STREAMS'],
      ...conversations.map(({ name, members, streams }) => [name, `${members}`, `${streams}`]),
    ])
    const isCut = total > conversations.length
    return isCut ? [...lines, '', `Showing ${conversations.length} of ${total}. Use --limit to show more.`] : lines
  })
}

async function show(apiKey: string, name: string, settings: PlatformSettings): Promise<void> {
  requireName(name)
  const found = await (await openPlatformClient(settings)).conversations.find(apiKey, name)
  if (found === undefined) throw noSuchConversation(apiKey, name)
  print(settings.json, found, () => describeConversation(found))
}

function describeConversation({ members, streams }: ShownConversationWithMembers): string[] {
  const userOf = (sessionId: string) => members.find((member) => member.sessionId === sessionId)?.userId ?? sessionId
  return [
    ...columns([
      ['SESSION', 'USER', 'ROLE'],
      ...members.map(({ sessionId, userId, role }) => [sessionId, userId, role]),
    ]),
    '',
    ...(streams.length === 0
      ? ['No streams.']
      : columns([
          ['STREAM', 'PUBLISHER', 'MEDIA', 'RECEIVED BY'],
          ...streams.map((stream) => [
            stream.streamId,
            userOf(stream.publisher),
            describeMedia(stream),
            stream.subscribers.map(userOf).join(', '),
          ]),
        ])),
  ]
}

function describeMedia(stream: ShownConversationWithMembers['streams'][number]): string {
  const { audio, video, screen, audioMuted, videoMuted } = stream
  return [
    ...(audio ? [audioMuted ? 'audio (muted)' : 'audio'] : []),
    ...(video ? [`${screen ? 'screen' : 'video'}${videoMuted ? ' (muted)' : ''}`] : []),
  ].join(', ')
}

async function close(
  apiKey: string,
  name: string,
  settings: PlatformSettings & { readonly yes: boolean },
): Promise<void> {
  requireName(name)
  const { conversations } = await openPlatformClient(settings)
  await confirm(async () => {
    const found = await conversations.find(apiKey, name)
    if (found === undefined) throw noSuchConversation(apiKey, name)
    return `Closing ${name} removes its ${countOf(found.members.length)}.`
  }, settings)
  const done = await conversations.close(apiKey, name)
  if (done === undefined) throw noSuchConversation(apiKey, name)
  warnUnlessWritten(done)
  print(settings.json, { apiKey, conversation: name, members: done.members }, () => [
    `Closed ${name} and removed ${countOf(done.members)}. Their sessions stay open and can join again.`,
  ])
}

async function eject(
  apiKey: string,
  name: string,
  sessionId: string,
  settings: PlatformSettings & BanSettings,
): Promise<void> {
  requireName(name)
  const found = await (await openPlatformClient(settings)).conversations.find(apiKey, name)
  if (found === undefined) throw noSuchConversation(apiKey, name)
  if (found.members.every((member) => member.sessionId !== sessionId)) {
    throw new CliError(
      `The session is not in ${name}. List its members: ${commandLine(`conversation show ${apiKey} ${name}`)}`,
    )
  }
  await ejectSession(sessionId, name, settings)
}

async function mute(apiKey: string, name: string, streamId: string, settings: MuteSettings): Promise<void> {
  const { audio, video } = settings
  requireName(name)
  if (!audio && !video) throw new CliError('--no-audio needs --video')
  const { conversations } = await openPlatformClient(settings)
  const found = await conversations.find(apiKey, name)
  if (found === undefined) throw noSuchConversation(apiKey, name)
  const stream = found.streams.find((one) => one.streamId === streamId)
  const done =
    stream && (await conversations.mute(apiKey, name, { sessionId: stream.publisher, streamId, audio, video }))
  if (done === undefined) {
    throw new CliError(
      `${name} has no such stream. List its streams: ${commandLine(`conversation show ${apiKey} ${name}`)}`,
    )
  }
  warnUnlessWritten(done)
  print(settings.json, { apiKey, conversation: name, streamId, audio, video }, () => [
    `Muted the ${[...(audio ? ['audio'] : []), ...(video ? ['video'] : [])].join(' and ')} of ${streamId}.`,
  ])
}

async function message(
  apiKey: string,
  name: string,
  argument: string | undefined,
  settings: PlatformSettings,
): Promise<void> {
  requireName(name)
  const text = argument === undefined || argument === '-' ? await readInput(undefined, 'the message') : argument
  if (text === '' || text.length > MAX_MESSAGE_LENGTH) {
    throw new CliError(`The message must have 1 to ${MAX_MESSAGE_LENGTH} characters`)
  }
  const done = await (await openPlatformClient(settings)).conversations.send(apiKey, name, text)
  if (done === undefined) throw noSuchConversation(apiKey, name)
  warnUnlessWritten(done)
  print(settings.json, { apiKey, conversation: name, members: done.members }, () => [
    `Sent the message to ${countOf(done.members)} of ${name}.`,
  ])
}

function countOf(members: number): string {
  return `${members} member${members === 1 ? '' : 's'}`
}

function requireName(name: string): void {
  if (conversationNameSchema.safeParse(name).success) return
  throw new CliError('The conversation name must have 1 to 128 characters and no "*"')
}

function noSuchConversation(apiKey: string, name: string): CliError {
  return new CliError(
    `There is no conversation ${JSON.stringify(name)} with members now. List the conversations: ${commandLine(`conversation list ${apiKey}`)}`,
  )
}
