import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from './free-port.fixture.ts'
import { isThere } from './is-there.fixture.ts'

const TURNSERVER = '/usr/bin/turnserver'

/** Whether there is a coturn here. */
export const HAS_COTURN = isThere(TURNSERVER, '--version', 'coturn')

/** A real coturn on this machine alone, with the secret that it shares with the platform. */
export class TurnServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'stagedoor-turn-'))
  readonly #secret: string
  #child: ChildProcess | undefined
  port = 0
  #output = ''

  constructor(secret: string) {
    this.#secret = secret
  }

  get url(): string {
    return `turn:127.0.0.1:${this.port}`
  }

  /** What it has said of those who asked for relays. */
  get output(): string {
    return this.#output
  }

  async start(): Promise<void> {
    this.port = await freePort()
    const here = ['--listening-ip', '127.0.0.1', '--relay-ip', '127.0.0.1', '--listening-port', String(this.port)]
    const files = ['--pidfile', join(this.#folder, 'pid'), '--userdb', join(this.#folder, 'users')]
    const secret = ['--use-auth-secret', '--static-auth-secret', this.#secret, '--realm', 'stagedoor.test']
    const bare = [
      '-n',
      '--no-tls',
      '--no-dtls',
      '--no-cli',
      '--allow-loopback-peers',
      '--log-file',
      'stdout',
      '--verbose',
    ]
    this.#child = spawn(TURNSERVER, [...bare, ...here, ...files, ...secret], { cwd: this.#folder })
    const read = (chunk: Buffer) => {
      this.#output += chunk
    }
    this.#child.stdout?.on('data', read)
    this.#child.stderr?.on('data', read)
  }

  async stop(): Promise<void> {
    if (this.#child?.kill()) await once(this.#child, 'close')
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
