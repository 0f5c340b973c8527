import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

/** The command, as it is shipped. */
export const STAGEDOOR = fileURLToPath(new URL('../../apps/server/bin/stagedoor.js', import.meta.url))

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A data folder in the place for temporary files. */
export function makeFolder(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'stagedoor-journey-'))
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) }
}

/** Runs the command to its end. */
export function stagedoor(args: readonly string[], input = '', environment: NodeJS.ProcessEnv = {}): Promise<Ran> {
  const child = spawn(process.execPath, [STAGEDOOR, ...args], { env: { ...process.env, ...environment } })
  child.stdin.end(input)
  // A command that has read enough may be gone before everything is written to it.
  child.stdin.on('error', () => {})
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  return new Promise((done) => {
    child.on('close', (status) => done({ status, stdout: stdout(), stderr: stderr() }))
  })
}

/** Runs the command with `--json` and answers what it printed; throws what it complained of. */
export async function stagedoorJson<T>(
  args: readonly string[],
  data: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<T> {
  const { status, stdout, stderr } = await stagedoor([...args, '--data', data, '--json'], '', environment)
  if (status !== 0) throw new Error(stderr)
  return JSON.parse(stdout)
}

export interface RunningPlatform {
  readonly url: string
  readonly process: ChildProcess
  /** What it has printed so far. */
  output(): string
  /** Ends it, and answers when it has ended. */
  stop(signal?: NodeJS.Signals): Promise<void>
}

/** Starts `stagedoor serve` on a free port and answers once it is open. */
export function startPlatform(data: string, ...args: readonly string[]): Promise<RunningPlatform> {
  return startPlatformIn({}, data, ...args)
}

/** The same, with more in its environment. */
export async function startPlatformIn(
  environment: NodeJS.ProcessEnv,
  data: string,
  ...args: readonly string[]
): Promise<RunningPlatform> {
  const child = spawn(process.execPath, [STAGEDOOR, 'serve', '--port', '0', '--data', data, ...args], {
    env: { ...process.env, ...environment },
  })
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)]
  const ended = new Promise<void>((done) => {
    child.on('close', () => done())
  })
  const url = await new Promise<string>((open, fail) => {
    child.stdout.on('data', () => {
      const [, address] = /open at (\S+)/.exec(stdout()) ?? []
      if (address !== undefined) open(address)
    })
    void ended.then(() => fail(new Error(`The platform did not start: ${stdout()}${stderr()}`)))
  })
  return {
    url,
    process: child,
    output: () => stdout() + stderr(),
    stop(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = ''
  stream.on('data', (chunk) => {
    text += chunk
  })
  return () => text
}
