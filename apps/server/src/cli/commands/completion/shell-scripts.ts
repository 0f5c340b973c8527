import type { CommandWords } from './list-words.ts'

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** Writes the script that completes the commands of a program in a shell. */
export function writeScript(shell: Shell, commands: readonly CommandWords[]): string {
  const write = { bash: writeBash, zsh: writeZsh, fish: writeFish }[shell]
  return `${write(commands).join('\n')}\n`
}

// In single quotes nothing is special but the quote itself.
const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

const completionsOf = ({ commands, options }: CommandWords): string[] => [
  ...commands.map(({ word }) => word),
  ...options.flatMap(({ words }) => words),
]

/** Lines of `case`, by which a shell finds the command that was typed: a word leads from one command to the next. */
function stepsOf(commands: readonly CommandWords[]): string[] {
  return commands.flatMap(({ path, commands: below }) =>
    below.map(({ word }) => `      ${quote(`${path}/${word}`)}) at=${quote(`${path} ${word}`.trim())} ;;`),
  )
}

/** The options that take a value, by the command and the word. */
function valuesOf(commands: readonly CommandWords[]) {
  return commands.flatMap(({ path, options }) =>
    options
      .filter(({ takesValue }) => takesValue)
      .flatMap(({ words, choices }) => words.map((word) => ({ typed: `${path}/${word}`, choices }))),
  )
}

function writeBash(commands: readonly CommandWords[]): string[] {
  return [
    '# Completion of stagedoor for bash.',
    '_stagedoor() {',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of the shell.
    '  local at="" word i current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"',
    '  COMPREPLY=()',
    '  for ((i = 1; i < COMP_CWORD; i++)); do',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of the shell.
    '    word="${COMP_WORDS[i]}"',
    '    case "$at/$word" in',
    ...stepsOf(commands),
    '    esac',
    '  done',
    '  case "$at/$previous" in',
    ...valuesOf(commands).map(({ typed, choices }) =>
      choices.length === 0
        ? `    ${quote(typed)}) return ;;`
        : `    ${quote(typed)}) COMPREPLY=($(compgen -W ${quote(choices.join(' '))} -- "$current")); return ;;`,
    ),
    '  esac',
    '  case "$at" in',
    ...commands.map(
      (one) =>
        `    ${quote(one.path)}) COMPREPLY=($(compgen -W ${quote(completionsOf(one).join(' '))} -- "$current")) ;;`,
    ),
    '  esac',
    '}',
    // Where there is nothing to complete, such as the value of --data, the names of files are.
    'complete -o default -F _stagedoor stagedoor',
  ]
}

function writeZsh(commands: readonly CommandWords[]): string[] {
  const described = (word: string, description: string) => quote(`${word.replaceAll(':', '\\:')}:${description}`)
  return [
    '#compdef stagedoor',
    '# Completion of stagedoor for zsh.',
    '_stagedoor() {',
    '  local at="" word i',
    '  local -a found',
    '  for ((i = 2; i < CURRENT; i++)); do',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of the shell.
    '    word="${words[i]}"',
    '    case "$at/$word" in',
    ...stepsOf(commands),
    '    esac',
    '  done',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of the shell.
    '  case "$at/${words[CURRENT-1]}" in',
    ...valuesOf(commands).map(({ typed, choices }) =>
      choices.length === 0
        ? `    ${quote(typed)}) _files; return ;;`
        : `    ${quote(typed)}) compadd -- ${choices.map(quote).join(' ')}; return ;;`,
    ),
    '  esac',
    '  case "$at" in',
    ...commands.map((one) => {
      const items = [
        ...one.commands.map(({ word, description }) => described(word, description)),
        ...one.options.flatMap(({ words, description }) => words.map((word) => described(word, description))),
      ]
      return `    ${quote(one.path)}) found=(${items.join(' ')}) ;;`
    }),
    '  esac',
    "  _describe 'stagedoor' found || _files",
    '}',
    // Loaded from a folder of functions, the file is the function; sourced, it defines one.
    // biome-ignore lint/suspicious/noTemplateCurlyInString: of the shell.
    'if [[ "${funcstack[1]}" == _stagedoor ]]; then _stagedoor "$@"; else compdef _stagedoor stagedoor; fi',
  ]
}

function writeFish(commands: readonly CommandWords[]): string[] {
  // In single quotes a backslash is special too.
  const text = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const steps = commands.flatMap(({ path, commands: below }) =>
    below.map(({ word }) => [`${path}/${word}`, `${path} ${word}`.trim()] as const),
  )
  return [
    '# Completion of stagedoor for fish.',
    'function __stagedoor_at',
    "  set -l at ''",
    '  for word in (commandline -opc)[2..-1]',
    '    switch "$at/$word"',
    ...steps.flatMap(([typed, next]) => [`      case ${text(typed)}`, `        set at ${text(next)}`]),
    '    end',
    '  end',
    '  test "$at" = "$argv[1]"',
    'end',
    ...commands.flatMap(({ path, commands: below, options }) => {
      const here = `complete -c stagedoor -n ${text(`__stagedoor_at ${text(path)}`)}`
      return [
        ...below.map(({ word, description }) => `${here} -f -a ${text(word)} -d ${text(description)}`),
        ...options.map(({ words, description, takesValue, choices }) => {
          const names = words.map((word) =>
            word.startsWith('--') ? `-l ${text(word.slice(2))}` : `-s ${text(word.slice(1))}`,
          )
          const values = choices.length > 0 ? ` -x -a ${text(choices.join(' '))}` : takesValue ? ' -r' : ''
          return `${here} ${names.join(' ')}${values} -d ${text(description)}`
        }),
      ]
    }),
  ]
}
