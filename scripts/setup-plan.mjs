// Decides what has to be installed and built. It touches neither files nor processes: setup.mjs does.

/** The lines of Node.js that everything here runs on, each from its least version. Later ones do too. */
const LEAST_MINOR = { 20: 19, 22: 12 }
const RECOMMENDED = 24

// What `npm start` needs: what the platform runs and is built with.
const PLATFORM = ['apps/server', 'apps/dashboard', 'apps/demo', 'scripts/build-tools']
// No package needs its install script but better-sqlite3, which is built apart, and only where it is used.
const QUICKLY = ['--ignore-scripts', '--no-audit', '--no-fund']

/** Returns why this version of Node.js cannot be used, or undefined. */
export function refuseNode(version) {
  const [major, minor] = numbersOf(version)
  if (major > 22 || minor >= (LEAST_MINOR[major] ?? Number.POSITIVE_INFINITY)) return undefined
  return `Stagedoor needs Node.js 20.19, 22.12 or newer, and this is ${version}. Install Node.js ${RECOMMENDED}.`
}

/** Whether Node.js has a SQLite that the store can use. */
export function hasSqlite(version) {
  const [major, minor] = numbersOf(version)
  return major >= 24 || (major === 22 && minor >= 16)
}

/**
 * Returns the arguments of npm that install what a level needs, or undefined if it is installed.
 *
 * @param level `platform` for what `npm start` needs, `all` for the rest too.
 * @param lockHash the hash of package-lock.json.
 * @param stamps what was installed and built last. npm ci takes them away with node_modules.
 */
export function planInstall(level, lockHash, stamps) {
  if (stamps['installed-all'] === lockHash) return undefined
  const hasPlatform = stamps['installed-platform'] === lockHash
  if (level === 'platform') {
    if (hasPlatform) return undefined
    // A full installation stays a full one.
    if (stamps['installed-all'] === undefined) {
      return { level, args: ['ci', '--omit=dev', ...PLATFORM.flatMap((path) => ['--workspace', path]), ...QUICKLY] }
    }
  }
  // A platform may be running: npm ci would take away its packages.
  return { level: 'all', args: [...(hasPlatform ? ['install', '--no-save'] : ['ci']), ...QUICKLY] }
}

/**
 * Returns why better-sqlite3 has to be built, or undefined: for the platform, where Node.js has no SQLite; for the tests, where
 * both drivers can be loaded. Node.js 24 and newer may crash with it.
 */
export function planSqlite(level, { version, abi }, stamps) {
  if (numbersOf(version)[0] >= 24 || stamps.sqlite === abi) return undefined
  if (!hasSqlite(version)) return 'platform'
  return level === 'all' ? 'tests' : undefined
}

/**
 * Returns the arguments of build.mjs, or undefined if what a level needs is built.
 *
 * @param newest when the newest source was changed.
 */
export function planBuild(level, newest, stamps) {
  if (stamps['built-all'] === newest) return undefined
  const hasPlatform = stamps['built-platform'] === newest
  if (level === 'platform') return hasPlatform ? undefined : ['--platform']
  return hasPlatform ? ['--libraries'] : []
}

/** Debian's packages with what the tests start. Those that are needed come first; a test that finds no other says so. */
const TEST_TOOLS = {
  needed: ['chromium', 'postgresql'],
  optional: [
    'coturn',
    'nginx-light',
    'caddy',
    'php-cli',
    'python3-jwt',
    'ruby',
    'ruby-jwt',
    'golang-go',
    'golang-github-golang-jwt-jwt-dev',
    'libcrypt-jwt-perl',
  ],
}
const HOW_TO_INSTALL = {
  chromium: 'The tests need a Chromium: sudo apt-get install chromium, or name yours in CHROMIUM_PATH.',
  postgresql:
    'The tests need PostgreSQL: sudo apt-get install postgresql, or name the folder of its initdb in POSTGRES_BIN.',
}

/**
 * Returns what to install for the tests, or why they cannot run.
 *
 * @param has whether a package of Debian, or what stands in for it, is there.
 * @param canInstall whether this is Debian or Ubuntu, and the user is root.
 */
export function planTestTools(has, canInstall) {
  const needed = TEST_TOOLS.needed.filter((name) => !has(name))
  const optional = TEST_TOOLS.optional.filter((name) => !has(name))
  if (canInstall) return { needed, optional }
  return needed[0] === undefined
    ? { needed: [], optional: [] }
    : { needed: [], optional: [], problem: HOW_TO_INSTALL[needed[0]] }
}

function numbersOf(version) {
  return version.split('.').map(Number)
}
