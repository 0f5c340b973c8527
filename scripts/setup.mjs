// Installs and builds what is missing, and nothing else. Needs nothing but Node.js and npm.
//   --build    also build what has changed
//   --tests    also install what the tests start, where this is Debian or Ubuntu and one is root
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const STAMPS = join(ROOT, 'node_modules', '.stagedoor')
const LEAST_NODE = [20, 19]
const SOURCES = ['package.json', 'tsconfig.base.json', 'packages', 'apps', 'docs/refusals', 'scripts/build.mjs']
const NO_SOURCE = new Set(['node_modules', 'dist', 'public', 'data'])

// What some tests start and the others go on without, and where it is then.
const OPTIONAL = {
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

requireNode()
install()
if (process.argv.includes('--tests')) installForTests()
if (process.argv.includes('--build')) build()

function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return
  fail(`Node.js ${LEAST_NODE.join('.')} or newer is needed, and this is ${process.versions.node}.`)
}

// Native modules are built for one version of Node.js, so that is part of what was installed.
function install() {
  const wanted = `${hashOf('package-lock.json')} ${process.versions.modules}`
  if (readStamp('installed') === wanted) return
  say('Installing the npm packages. SQLite may be compiled, which takes a minute or two.')
  run('npm', ['ci', '--no-audit', '--no-fund'])
  writeStamp('installed', wanted)
}

function build() {
  const newest = String(newestOf(SOURCES.map((path) => join(ROOT, path))))
  if (readStamp('built') === newest) return
  say('Building.')
  run(process.execPath, [join(ROOT, 'scripts', 'build.mjs')])
  writeStamp('built', newest)
}

// Chromium and PostgreSQL for the journeys; the servers that stand beside the platform; the languages whose examples are run.
function installForTests() {
  const missing = []
  if (process.env.CHROMIUM_PATH === undefined && !existsSync('/usr/bin/chromium')) missing.push('chromium')
  if (!hasPostgres()) missing.push('postgresql')
  const optional = Object.keys(OPTIONAL).filter((name) => !isThere(OPTIONAL[name]))
  if (missing.length + optional.length === 0) return
  if (!existsSync('/usr/bin/apt-get') || process.getuid?.() !== 0) {
    if (missing.includes('chromium')) {
      fail('The tests need a Chromium: sudo apt-get install chromium, or name yours in CHROMIUM_PATH.')
    }
    if (missing.includes('postgresql')) {
      fail(
        'The tests need PostgreSQL: sudo apt-get install postgresql, or name the folder of its initdb in POSTGRES_BIN.',
      )
    }
    return
  }
  say(`Installing for the tests: ${[...missing, ...optional].join(', ')}.`)
  const aptGet = (...args) => start('apt-get', args, { DEBIAN_FRONTEND: 'noninteractive' })
  const install = (names) => aptGet('install', '-y', '-q', '--no-install-recommends', ...names)
  aptGet('update', '-q')
  if (missing.length > 0 && !install(missing)) fail(`apt-get could not install ${missing.join(', ')}.`)
  // A test that finds none of these says so, and the others go on.
  if (optional.length > 0 && !install(optional)) say(`Going on without ${optional.join(', ')}.`)
}

// A path, or the name of a command, which may be anywhere on PATH.
function isThere(place) {
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

function readStamp(name) {
  const path = join(STAMPS, name)
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined
}

function writeStamp(name, text) {
  mkdirSync(STAMPS, { recursive: true })
  writeFileSync(join(STAMPS, name), text)
}

function run(command, args) {
  if (!start(command, args)) fail(`${command} ${args.join(' ')} failed.`)
}

/** Answers whether it went well. */
function start(command, args, environment = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: ROOT,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
    shell: process.platform === 'win32',
  })
  if (error !== undefined) say(error.message)
  return status === 0
}

function say(text) {
  process.stdout.write(`[setup] ${text}\n`)
}

function fail(text) {
  process.stderr.write(`[setup] ${text}\n`)
  process.exit(1)
}
