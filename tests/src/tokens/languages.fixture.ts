import { spawn, spawnSync } from 'node:child_process'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import type { Ran } from '../fixtures/platform.fixture.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

export interface Language {
  readonly name: string
  /** What runs a file of it, with the question whether that is there with its library. The first that is, is taken. */
  readonly runners: readonly Runner[]
  /** In `examples/mint`. */
  readonly mint: string
  readonly verify?: string
  /** Where it is to be run otherwise than under the locale `C`, as a service manager may. */
  readonly environment?: NodeJS.ProcessEnv
  /** Its complaint of a locale that it cannot read all names in. */
  readonly complaint?: string
}

export interface Runner {
  readonly command: readonly string[]
  readonly probe: readonly string[]
}

// Another Ruby or Python on the path may lack the library that the system's has.
export const PYTHON = withLibrary(['python3', '/usr/bin/python3'], ['-c', 'import jwt'])
export const PHP = [{ command: ['php'], probe: ['php', '--version'] }]
export const GO = [{ command: ['go', 'run'], probe: ['go', 'version'] }]

export const LANGUAGES: readonly Language[] = [
  { name: 'Python', runners: PYTHON, mint: 'python/mint.py', verify: 'python/verify.py' },
  {
    name: 'Ruby',
    runners: withLibrary(['ruby', '/usr/bin/ruby'], ['-e', 'require "jwt"']),
    mint: 'ruby/mint.rb',
    verify: 'ruby/verify.rb',
    // As under a Latin locale, which this machine may not have.
    environment: { RUBYOPT: '-E ISO-8859-1' },
  },
  {
    name: 'Perl',
    runners: withLibrary(['perl', '/usr/bin/perl'], ['-MCrypt::JWT', '-e', '1']),
    mint: 'perl/mint.pl',
    verify: 'perl/verify.pl',
  },
  { name: 'PHP', runners: PHP, mint: 'php/mint.php', verify: 'php/verify.php' },
  { name: 'Go', runners: GO, mint: 'go/mint.go', verify: 'go/verify.go' },
  {
    name: 'Java',
    runners: [{ command: ['java'], probe: ['java', '--version'] }],
    mint: 'java/Mint.java',
    environment: { LC_ALL: 'C.UTF-8' },
    complaint: 'set LC_ALL=C.UTF-8',
  },
]

function withLibrary(interpreters: readonly string[], probe: readonly string[]): readonly Runner[] {
  return interpreters.map((interpreter) => ({ command: [interpreter], probe: [interpreter, ...probe] }))
}

/** The command of the first runner that works on this machine. */
export function findCommand(runners: readonly Runner[]): readonly string[] | undefined {
  return runners.find(({ probe: [command = '', ...rest] }) => spawnSync(command, rest).status === 0)?.command
}

/** Says in the output what was not run, and answers it as the reason to skip a test. */
export function reportMissing(name: string, runners: readonly Runner[]): string {
  const reason = `none of these works here: ${runners.map(({ probe }) => probe.join(' ')).join('; ')}`
  process.stdout.write(`${name} was not run: ${reason}\n`)
  return reason
}

/** Runs a program at the root of the workspace, in an environment with no more than what it must have. */
export function runProgram(
  [command = '', ...rest]: readonly string[],
  environment: NodeJS.ProcessEnv,
  input = '',
): Promise<Ran> {
  const { PATH, HOME } = process.env
  const child = spawn(command, rest, { cwd: ROOT, env: { PATH, HOME, LC_ALL: 'C', ...environment } })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (part) => {
    stdout += part
  })
  child.stderr.setEncoding('utf8').on('data', (part) => {
    stderr += part
  })
  return new Promise((done, fail) => {
    child.on('error', fail)
    child.on('close', (status) => done({ status, stdout, stderr }))
  })
}
