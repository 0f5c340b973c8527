import type { Command, Option } from 'commander'

/** A command, and what can be typed after it. */
export interface CommandWords {
  /** Its names from the root, such as `key create`. Empty for the root. */
  readonly path: string
  readonly description: string
  readonly commands: readonly Word[]
  readonly options: readonly OptionWords[]
}

interface Word {
  readonly word: string
  readonly description: string
}

export interface OptionWords {
  /** Such as `-V` and `--version`. */
  readonly words: readonly string[]
  readonly description: string
  readonly takesValue: boolean
  /** The values it can have, if they are a fixed list. */
  readonly choices: readonly string[]
}

/** Lists every command of a program, the root first, with its options. Hidden options are left out. */
export function listWords(program: Command): readonly CommandWords[] {
  return listBelow(program, [])
}

function listBelow(command: Command, names: readonly string[]): CommandWords[] {
  const help = command.createHelp()
  const own = {
    path: names.join(' '),
    description: command.description(),
    commands: help
      .visibleCommands(command)
      .map((one) => ({ word: one.name(), description: firstLine(one.description()) })),
    options: help.visibleOptions(command).map(describeOption),
  }
  return [own, ...command.commands.flatMap((one) => listBelow(one, [...names, one.name()]))]
}

function describeOption(option: Option): OptionWords {
  return {
    words: [option.short, option.long].flatMap((word) => (word ? [word] : [])),
    description: firstLine(option.description),
    takesValue: option.required || option.optional,
    choices: option.argChoices ?? [],
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? ''
}
