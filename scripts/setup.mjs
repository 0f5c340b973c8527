// Installs and builds what is missing, and nothing else. Needs nothing but Node.js and npm.
//   --platform  only what the platform needs to run, installed and built: for npm start
//   --build     everything, installed and built
//   --tests     also install what the tests start, where this is Debian or Ubuntu and one is root
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { planBuild, planInstall, planSqlite, planTestTools, refuseNode } from './setup-plan.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const STAMPS = join(ROOT, 'node_modules', '.stagedoor')
const SOURCES = ['package.json', 'tsconfig.base.json', 'packages', 'apps', 'docs/refusals', 'scripts/build.mjs']
const NO_SOURCE = new Set(['node_modules', 'dist', 'public', 'data'])
const REPORT_EVERY_MS = 10_000

// Where something is that the tests start: a path, or the name of a command, which may be anywhere on PATH.
const TEST_TOOLS = {
  chromium: '/usr/bin/chromium',
  coturn: '/usr/bin/turnserver',
  'nginx-light': '/usr/sbin/nginx',
  caddy: '/usr/bin/caddy',
  'php-cli': '/usr/bin/php',
  'python3-jwt': '/usr/lib/python3/dist-packages/jwt',
  ruby: '/usr/bin/ruby',
  'ruby-jwt': '/var/lib/dpkg/info/ruby-jwt.list',
  'golang-go': 'go',
  'golang-github-golang-jwt-jwt-dev': '/usr/share/gocode/src/github.com/golang-jwt/jwt',
  'libcrypt-jwt-perl': '/usr/share/perl5/Crypt/JWT.pm',
}

const level = process.argv.includes('--platform') ? 'platform' : 'all'
const refusal = refuseNode(process.versions.node)
if (refusal !== undefined) fail(refusal)
await install()
if (process.argv.includes('--tests')) await installForTests()
// The compiler of SQLite uses one core; the build has the other.
await Promise.all([level === 'platform' || process.argv.includes('--build') ? build() : undefined, buildSqlite()])

async function install() {
  const lockHash = hashOf('package-lock.json')
  const plan = planInstall(level, lockHash, readStamps())
  if (plan === undefined) return
  await run(
    plan.level === 'platform'
      ? 'Installing the npm packages of the platform: 10 to 60 s, depending on the network.'
      : 'Installing all npm packages, those for tests, checks and documentation too: about a minute.',
    'npm',
    plan.args,
  )
  writeStamp(`installed-${plan.level}`, lockHash)
}

async function build() {
  const newest = String(newestOf(SOURCES.map((path) => join(ROOT, path))))
  const args = planBuild(level, newest, readStamps())
  if (args === undefined) return
  const what = level === 'platform' ? 'Building the platform: 5 to 20 s.' : 'Building.'
  await run(what, process.execPath, [join(ROOT, 'scripts', 'build.mjs'), ...args])
  writeStamp(`built-${level}`, newest)
}

async function buildSqlite() {
  const { node: version, modules: abi } = process.versions
  const reason = planSqlite(level, { version, abi }, readStamps())
  if (reason === undefined) return
  const told =
    reason === 'platform'
      ? `Building SQLite, which Node.js ${version} does not have: up to 2 min where no built one can be fetched. Node.js 24 needs none of this.`
      : 'Building better-sqlite3 for its tests: up to 2 min where no built one can be fetched.'
  if (await start(told, 'npm', ['rebuild', 'better-sqlite3'])) writeStamp('sqlite', abi)
  else if (reason === 'tests') say('It could not be built. Its tests are left out.')
  else say('SQLite could not be built. Use Node.js 24, install a C++ compiler, or use PostgreSQL.')
}

// Chromium and PostgreSQL for the journeys; the servers that stand beside the platform; the languages whose examples are run.
async function installForTests() {
  const canInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  const { needed, optional, problem } = planTestTools(hasTestTool, canInstall)
  if (problem !== undefined) fail(problem)
  if (needed.length + optional.length === 0) return
  const aptGet = (text, ...args) => start(text, 'apt-get', args, { DEBIAN_FRONTEND: 'noninteractive' })
  const add = (names) =>
    aptGet(`Installing for the tests: ${names.join(', ')}.`, 'install', '-y', '-q', '--no-install-recommends', ...names)
  await aptGet("Reading Debian's list of packages.", 'update', '-q')
  if (needed.length > 0 && !(await add(needed))) fail(`apt-get could not install ${needed.join(', ')}.`)
  // A test that finds none of these says so, and the others go on.
  if (optional.length > 0 && !(await add(optional))) say(`Going on without ${optional.join(', ')}.`)
}

function hasTestTool(name) {
  if (name === 'postgresql') return hasPostgres()
  if (name === 'chromium' && process.env.CHROMIUM_PATH !== undefined) return true
  const place = TEST_TOOLS[name]
  if (place.includes('/')) return existsSync(place)
  return (process.env.PATH ?? '').split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, place)))
}

function hasPostgres() {
  const versions = '/usr/lib/postgresql'
  if (process.env.POSTGRES_BIN !== undefined) return true
  // The client's package alone makes such folders too.
  return existsSync(versions) && readdirSync(versions).some((name) => existsSync(join(versions, name, 'bin', 'initdb')))
}

function newestOf(paths) {
  return paths.reduce((newest, path) => {
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined) return newest
    if (!found.isDirectory()) return Math.max(newest, found.mtimeMs)
    const inside = readdirSync(path).filter((name) => !NO_SOURCE.has(name) && !name.endsWith('.tsbuildinfo'))
    // A file that was taken away shows in the time of its folder.
    return Math.max(
      newest,
      inside.length === 0 ? 0 : newestOf(inside.map((name) => join(path, name))),
      sourceFolderTime(path, found),
    )
  }, 0)
}

function sourceFolderTime(path, { mtimeMs }) {
  return path.includes(join('/', 'src')) ? mtimeMs : 0
}

function hashOf(name) {
  return createHash('sha256')
    .update(readFileSync(join(ROOT, name)))
    .digest('hex')
}

function readStamps() {
  if (!existsSync(STAMPS)) return {}
  const files = readdirSync(STAMPS, { withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(files.map(({ name }) => [name, readFileSync(join(STAMPS, name), 'utf8')]))
}

function writeStamp(name, text) {
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(join(STAMPS, name), text)
}

async function run(text, command, args) {
  if (!(await start(text, command, args))) fail(`${command} ${args.join(' ')} failed.`)
}

/** Says what is done and how long it has taken. Returns whether it went well. */
function start(text, command, args, environment = {}) {
  const started = Date.now()
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`
  say(text)
  const child = spawn(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  })
  const [what] = text.split(/[:,]|\.(?= |$)/)
  const timer = setInterval(() => say(`… ${what}, ${seconds()}`), REPORT_EVERY_MS)
  return new Promise((done) => {
    child.on('error', (error) => say(error.message))
    child.on('close', (status) => {
      clearInterval(timer)
      if (status === 0) say(`${what}: done in ${seconds()}.`)
      done(status === 0)
    })
  })
}

function say(text) {
  process.stdout.write(`[setup] ${text}\n`)
}

function fail(text) {
  process.stderr.write(`[setup] ${text}\n`)
  process.exit(1)
}
