import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { Command, Option } from 'commander'
import { describe, expect, it, type TestContext } from 'vitest'
import { temporaryFolder } from '../../../store/store.fixture.ts'
import { listWords } from './list-words.ts'
import { type Shell, writeScript } from './shell-scripts.ts'

function makeProgram(): Command {
  const program = new Command('stagedoor').version('1.0.0')
  const key = new Command('key').description("API keys: one for each application's users")
  key.command('create').description('create one').option('--name <name>', 'the name').option('--any', 'any user')
  key.command('list').addOption(new Option('--url <url>').hideHelp())
  const policy = new Command('policy')
  policy.command('set <api-key>').addOption(new Option('--role <role>', 'the role').choices(['guest', 'moderator']))
  return program.addCommand(key).addCommand(policy)
}

const scriptOf = (shell: Shell) => writeScript(shell, listWords(makeProgram()))

const BASH = `
COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _stagedoor; printf '%s\\n' "\${COMPREPLY[@]}"`

// Completes in a shell of its own, at a terminal of its own, as a user would.
const ZSH = `
autoload -Uz compinit && compinit -u -d "$1/dump"
source "$1/script"
# What would be shown is collected instead.
compadd() { [[ " $* " == *" -O "* || " $* " == *" -A "* || " $* " == *" -D "* ]] && { builtin compadd "$@"; return }
  print -rl -- "\${@[(r)--,-1][2,-1]}" }
_describe() { local name=$2; print -rl -- "\${(@P)name%%:*}" }
_files() { print -r -- FILES }
shift; words=("$@"); CURRENT=$#; _stagedoor`

const RUNS: Record<Shell, (script: string, words: readonly string[]) => string[]> = {
  bash: (script, words) => {
    const ran = run('bash', ['--norc', '-c', `${script}${BASH}`, 'bash', ...words])
    const current = words.at(-1) ?? ''
    return ran.filter((word) => word.startsWith(current))
  },
  zsh: (script, words) => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'script'), script)
    const ran = run('zsh', ['-f', '-c', ZSH, 'zsh', folder, ...words])
    return ran.filter((word) => word.startsWith(words.at(-1) ?? '') || word === 'FILES')
  },
  fish: (script, words) => {
    const home = temporaryFolder()
    mkdirSync(join(home, 'fish'))
    const line = words.join(' ').replaceAll("'", "\\'")
    const ran = run('fish', ['--no-config', '-c', `${script}\ncomplete -C '${line}'`], { XDG_CONFIG_HOME: home })
    return ran.map((found) => found.split('\t', 1)[0] ?? '')
  },
}

function run(command: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}): string[] {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    cwd: temporaryFolder(),
    env: { ...process.env, ...environment },
    timeout: 20_000,
  })
  if (error !== undefined) throw error
  if (stderr !== '') throw new Error(`${command} exited with ${status}: ${stderr}`)
  return stdout.split('\n').filter((word) => word !== '')
}

function requireShell(shell: Shell, { skip }: TestContext): void {
  const { error } = spawnSync(shell, ['-c', 'exit 0'])
  if (error !== undefined) skip(`${shell} is not installed`)
}

describe.each(['bash', 'zsh', 'fish'] as const)('the completion script for %s', (shell) => {
  const complete = (...words: readonly string[]) => RUNS[shell](scriptOf(shell), ['stagedoor', ...words])

  it('completes commands, of the program and of a group', (context) => {
    requireShell(shell, context)
    expect(complete('')).toEqual(expect.arrayContaining(['key', 'policy', 'help']))
    expect(complete('ke')).toEqual(['key'])
    expect(complete('key', 'cr')).toEqual(['create'])
    expect(complete('key', '')).not.toContain('policy')
  })

  it('completes options of the command that was typed, without hidden ones', (context) => {
    requireShell(shell, context)
    expect(complete('key', 'create', '--').sort()).toEqual(['--any', '--help', '--name'])
    expect(complete('key', 'list', '--')).toEqual(['--help'])
    expect(complete('key', 'create', '--any', '--n')).toEqual(['--name'])
  })

  it('completes the choices of an option, and nothing else there', (context) => {
    requireShell(shell, context)
    expect(complete('policy', 'set', 'key_1', '--role', '').sort()).toEqual(['guest', 'moderator'])
    expect(complete('policy', 'set', 'key_1', '--role', 'mod')).toEqual(['moderator'])
    expect(complete('key', 'create', '--name', '').filter((word) => word !== 'FILES')).toEqual([])
  })
})

describe('the words of a program', () => {
  it('are those of each command, with choices and whether an option takes a value', () => {
    const words = listWords(makeProgram())
    expect(words.map(({ path }) => path)).toEqual(['', 'key', 'key create', 'key list', 'policy', 'policy set'])
    expect(words.find(({ path }) => path === 'policy set')?.options[0]).toEqual({
      words: ['--role'],
      description: 'the role',
      takesValue: true,
      choices: ['guest', 'moderator'],
    })
  })
})
