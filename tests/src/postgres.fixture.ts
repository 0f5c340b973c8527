import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { setTimeout as sleep } from 'node:timers/promises'

const DEBIAN = '/usr/lib/postgresql'
const USER = 'stagedoor'
const START_DEADLINE_MS = 30_000
const RETRY_MS = 50
const NOT_INSTALLED =
  'These tests start a PostgreSQL server of their own. Install it (sudo apt-get install postgresql), or name the folder of ' +
  'its initdb and postgres in POSTGRES_BIN.'

export interface ThrowAwayPostgres {
  /** What nobody may ever print. */
  readonly password: string
  readonly port: number
  /** Where everything of it lies. */
  readonly folder: string
  /** Makes an empty database, and answers its URL. */
  makeDatabase(encoding?: string): string
  /** Everything that is in a database, as text. */
  dump(url: string): string
  /** Switches whether a database takes changes, as a standby does not, and cuts its connections off. */
  makeReadOnly(url: string, readOnly: boolean): void
  /** Ends every connection to a database, as a server does that shuts down. */
  endConnections(url: string): void
  /** Writes to its files what is in its memory. */
  checkpoint(): void
  start(): Promise<void>
  /** SIGINT ends it in an orderly way, SIGKILL as a fault would. */
  stop(signal?: 'SIGINT' | 'SIGKILL'): Promise<void>
  /** Ends it and takes everything away. */
  remove(): Promise<void>
}

/**
 * Starts a PostgreSQL server in a folder for temporary files, which listens on the loopback address alone.
 *
 * @param tls whether it offers TLS, with a certificate for 127.0.0.1 that it has signed itself: `server.crt` in its folder.
 */
export async function startPostgres({ fsync = false, tls = false } = {}): Promise<ThrowAwayPostgres> {
  const bin = findBinaries()
  const owner = findOwner()
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-postgres-'))
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid)
  const password = randomBytes(12).toString('hex')
  const port = await findPort()
  const data = join(folder, 'data')
  const passwordFile = join(folder, 'password')
  writeFileSync(passwordFile, password)
  if (owner !== undefined) chownSync(passwordFile, owner.uid, owner.gid)
  const how = ['-U', USER, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C', '--no-sync']
  run('initdb', ['-D', data, ...how])

  const certificate = join(folder, 'server.crt')
  const certificateKey = join(folder, 'server.key')
  if (tls) {
    const about = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1', '-days', '2']
    const files = ['-keyout', certificateKey, '-out', certificate]
    const made = spawnSync(
      'openssl',
      ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...about, ...files],
      owner ?? {},
    )
    if (made.status !== 0) throw new Error(`openssl failed: ${made.stderr}`)
  }

  let server: ChildProcess | undefined
  let ended: Promise<void> = Promise.resolve()
  let databases = 0

  function run(tool: string, args: readonly string[]): string {
    const environment = { PATH: process.env.PATH, PGPASSWORD: password, LC_ALL: 'C' }
    const done = spawnSync(join(bin, tool), args, { ...owner, cwd: folder, env: environment, encoding: 'utf8' })
    if (done.status === 0) return done.stdout
    throw new Error(`${tool} failed: ${done.stderr}${done.error?.message ?? ''}`)
  }

  const reach = ['-h', '127.0.0.1', '-p', String(port), '-U', USER]

  async function start(): Promise<void> {
    const settings = [
      `fsync=${fsync ? 'on' : 'off'}`,
      'listen_addresses=127.0.0.1',
      `unix_socket_directories=${folder}`,
      ...(tls ? ['ssl=on', `ssl_cert_file=${certificate}`, `ssl_key_file=${certificateKey}`] : []),
    ]
    const deadline = Date.now() + START_DEADLINE_MS
    for (;;) {
      const flags = settings.flatMap((setting) => ['-c', setting])
      const child = spawn(join(bin, 'postgres'), ['-D', data, '-p', String(port), ...flags], {
        ...owner,
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
        env: { LC_ALL: 'C' },
      })
      let said = ''
      child.stderr.on('data', (chunk) => {
        said += chunk
      })
      server = child
      ended = new Promise((done) => child.on('close', () => done()))
      while (child.exitCode === null && Date.now() < deadline) {
        if (isReady()) return
        await sleep(RETRY_MS)
      }
      // After a SIGKILL the processes of single connections take a moment to notice.
      if (Date.now() >= deadline) throw new Error(`The PostgreSQL server did not start: ${said}`)
      await sleep(RETRY_MS)
    }
  }

  function isReady(): boolean {
    return spawnSync(join(bin, 'pg_isready'), ['-q', ...reach]).status === 0
  }

  function endConnections(url: string): void {
    const name = new URL(url).pathname.slice(1)
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`
    run('psql', [...reach, '-c', end, 'postgres'])
  }

  async function stop(signal: 'SIGINT' | 'SIGKILL' = 'SIGINT'): Promise<void> {
    server?.kill(signal)
    server = undefined
    await ended
  }

  await start()
  return {
    password,
    port,
    folder,
    makeDatabase(encoding = 'UTF8') {
      const name = `test_${++databases}`
      run('createdb', [...reach, `--encoding=${encoding}`, '--template=template0', name])
      return `postgresql://${USER}:${password}@127.0.0.1:${port}/${name}`
    },
    dump: (url) => run('pg_dump', [...reach, new URL(url).pathname.slice(1)]),
    makeReadOnly(url, readOnly) {
      const name = new URL(url).pathname.slice(1)
      run('psql', [
        ...reach,
        '-c',
        `alter database ${name} set default_transaction_read_only = ${readOnly}`,
        'postgres',
      ])
      endConnections(url)
    },
    endConnections,
    checkpoint: () => void run('psql', [...reach, '-c', 'checkpoint', 'postgres']),
    start,
    stop,
    async remove() {
      await stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function findBinaries(): string {
  const newest = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort((one, other) => Number(other) - Number(one)) : []
  const folders = [process.env.POSTGRES_BIN, ...newest.map((version) => join(DEBIAN, version, 'bin'))]
  const found = folders.find((folder) => folder !== undefined && existsSync(join(folder, 'initdb')))
  if (found === undefined) throw new Error(NOT_INSTALLED)
  return found
}

// The server refuses to run as root; Debian's package makes a user for it.
function findOwner(): { readonly uid: number; readonly gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined
  const idOf = (flag: string) => {
    const { status, stdout } = spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' })
    if (status !== 0) throw new Error(NOT_INSTALLED)
    return Number(stdout)
  }
  return { uid: idOf('-u'), gid: idOf('-g') }
}

async function findPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open))
  const { port } = server.address() as { port: number }
  await new Promise((closed) => server.close(closed))
  return port
}
