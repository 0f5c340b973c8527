import { stagedoor } from './platform.fixture.ts'

interface Help {
  /** The commands under this one; none where it is to be run itself. */
  readonly commands: ReadonlySet<string>
  /** Whether a value comes after it, by the option. */
  readonly options: ReadonlyMap<string, boolean>
  readonly leastArguments: number
  readonly mostArguments: number
}

const known = new Map<string, Promise<Help>>()

/** What a command line of the documentation has that the command line of the platform does not know; nothing is run but `--help`. */
export async function complainOf(line: string): Promise<string[]> {
  const found = await Promise.all(listCalls(line).map((words) => complainOfCall(words, true)))
  return found.flat()
}

/** The same for a command that is named in a sentence, which need not have all of its arguments. */
export async function complainOfMention(line: string): Promise<string[]> {
  const found = await Promise.all(listCalls(line).map((words) => complainOfCall(words, false)))
  return found.flat()
}

/** The words after `stagedoor`, for each time that it is called in a line of a shell. */
function listCalls(line: string): string[][] {
  const written = line
    // What is in place of something else is one word.
    .replaceAll(/<[a-z][\w -]*>/g, 'PLACEHOLDER')
    .replace(/(^|\s)#.*$/, '')
  return written.split(/\||;|&&|\s[<>]\s?/).flatMap((call) => {
    const [, words] = /^\s*(?:\$ )?(?:\w+=\S* )*(?:npx )?stagedoor(?: (.*))?$/.exec(call) ?? []
    return words === undefined ? [] : [words.match(/(?:"[^"]*"|'[^']*'|\S)+/g) ?? []]
  })
}

async function complainOfCall(words: readonly string[], whole: boolean): Promise<string[]> {
  const rest = [...words]
  const path: string[] = []
  let help = await helpOf(path)
  while (help.commands.has(rest[0] ?? '')) {
    path.push(rest.shift() ?? '')
    help = await helpOf(path)
  }
  const name = ['stagedoor', ...path].join(' ')
  const complaints: string[] = []
  const given: string[] = []
  while (rest.length > 0) {
    const word = rest.shift() ?? ''
    // `-` is standard input.
    if (!/^-./.test(word)) {
      given.push(word)
      continue
    }
    const [option = ''] = word.split('=')
    const takesValue = help.options.get(option)
    if (takesValue === undefined) complaints.push(`${name} has no ${option}`)
    if (takesValue === true && !word.includes('=') && rest.shift() === undefined) {
      complaints.push(`${name} ${option} needs a value`)
    }
  }
  if (given.length > help.mostArguments) complaints.push(`${name} takes no ${given[help.mostArguments]}`)
  if (whole && (help.commands.size > 0 || given.length < help.leastArguments)) complaints.push(`${name} needs more`)
  return complaints
}

function helpOf(path: readonly string[]): Promise<Help> {
  const key = path.join(' ')
  const found = known.get(key) ?? askFor(path)
  known.set(key, found)
  return found
}

async function askFor(path: readonly string[]): Promise<Help> {
  const { stdout, stderr, status } = await stagedoor([...path, '--help'])
  if (status !== 0) throw new Error(stderr)
  const [, usage = ''] = /^Usage: (.*)$/m.exec(stdout) ?? []
  const takesCommand = usage.endsWith(' [command]')
  const args = usage.split(' ').filter((word) => /^[<[]/.test(word) && word !== '[options]' && word !== '[command]')
  return {
    commands: new Set(
      takesCommand ? [...sectionOf(stdout, 'Commands').matchAll(/^ {2}([\w-]+)/gm)].map(([, name = '']) => name) : [],
    ),
    options: new Map(
      [...sectionOf(stdout, 'Options').matchAll(/^ {2}((?:-\w, )?(--[\w-]+))( <)?/gm)].flatMap(
        ([, names = '', , value]) => names.split(', ').map((name) => [name, value !== undefined] as const),
      ),
    ),
    leastArguments: args.filter((word) => word.startsWith('<')).length,
    mostArguments: args.some((word) => word.includes('...')) ? Number.POSITIVE_INFINITY : args.length,
  }
}

function sectionOf(help: string, title: string): string {
  const [, section = ''] = new RegExp(`^${title}:\\n((?: .*\\n)*)`, 'm').exec(help) ?? []
  return section
}
