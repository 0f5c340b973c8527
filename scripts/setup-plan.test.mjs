import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { hasSqlite, planBuild, planInstall, planSqlite, planTestTools, refuseNode } from './setup-plan.mjs'

const read = (path) => JSON.parse(readFileSync(new URL(`../${path}`, import.meta.url), 'utf8'))

describe('a version of Node.js', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '22.23.3', '23.0.0', '24.0.0', '26.10.0', '30.0.0'])(
    '%s is used',
    (version) => expect(refuseNode(version)).toBeUndefined(),
  )

  it.each(['18.20.8', '20.18.3', '21.7.3', '22.11.0'])(
    '%s is refused, in one line that says which to install',
    (version) =>
      expect(refuseNode(version)).toBe(
        `Stagedoor needs Node.js 20.19, 22.12 or newer, and this is ${version}. Install Node.js 24.`,
      ),
  )

  it.each([
    ['20.20.2', false],
    ['22.15.1', false],
    ['22.16.0', true],
    ['23.11.1', false],
    ['24.0.0', true],
    ['26.10.0', true],
  ])('%s has a SQLite that the store can use: %s', (version, has) => expect(hasSqlite(version)).toBe(has))

  it('is refused by npm as it is by the setup', () => {
    expect(read('package.json').engines.node).toBe('^20.19.0 || >=22.12.0')
  })
})

describe('the installation', () => {
  it('for npm start is of the platform and what it is built with, without install scripts', () => {
    const { level, args } = planInstall('platform', 'new', {})
    expect(level).toBe('platform')
    expect(args.slice(0, 2)).toEqual(['ci', '--omit=dev'])
    expect(args).toContain('--ignore-scripts')
    expect(args.filter((_, at) => args[at - 1] === '--workspace')).toEqual([
      'apps/server',
      'apps/dashboard',
      'apps/demo',
      'scripts/build-tools',
    ])
  })

  it('for everything has no filter', () => {
    const { level, args } = planInstall('all', 'new', {})
    expect([level, args[0], args.includes('--workspace'), args.includes('--omit=dev')]).toEqual([
      'all',
      'ci',
      false,
      false,
    ])
  })

  it('is not repeated while package-lock.json is the same', () => {
    expect(planInstall('platform', 'same', { 'installed-platform': 'same' })).toBeUndefined()
    expect(planInstall('platform', 'same', { 'installed-all': 'same' })).toBeUndefined()
    expect(planInstall('all', 'same', { 'installed-all': 'same' })).toBeUndefined()
  })

  it('adds the rest to the platform without taking away what it may be running on', () => {
    const { level, args } = planInstall('all', 'same', { 'installed-platform': 'same' })
    expect([level, ...args.slice(0, 2)]).toEqual(['all', 'install', '--no-save'])
  })

  it('stays complete where everything was installed before', () => {
    const { level, args } = planInstall('platform', 'new', { 'installed-all': 'old' })
    expect([level, args[0], args.includes('--workspace')]).toEqual(['all', 'ci', false])
  })
})

describe('better-sqlite3', () => {
  it('is built for the platform where Node.js has no SQLite, once for each ABI', () => {
    const node = { version: '20.20.2', abi: '115' }
    expect(planSqlite('platform', node, {})).toBe('platform')
    expect(planSqlite('platform', node, { sqlite: '127' })).toBe('platform')
    expect(planSqlite('platform', node, { sqlite: '115' })).toBeUndefined()
  })

  it('is built for the tests alone where both drivers can be loaded', () => {
    const node = { version: '22.23.3', abi: '127' }
    expect(planSqlite('platform', node, {})).toBeUndefined()
    expect(planSqlite('all', node, {})).toBe('tests')
  })

  it('is not built for Node.js 24 and newer, which may crash with it', () => {
    expect(planSqlite('all', { version: '24.21.0', abi: '137' }, {})).toBeUndefined()
  })
})

describe('the build', () => {
  it('for npm start is of the platform', () => {
    expect(planBuild('platform', '2', {})).toEqual(['--platform'])
    expect(planBuild('all', '2', {})).toEqual([])
  })

  it('is not repeated while no source has changed', () => {
    expect(planBuild('platform', '2', { 'built-platform': '2' })).toBeUndefined()
    expect(planBuild('platform', '2', { 'built-all': '2' })).toBeUndefined()
    expect(planBuild('all', '2', { 'built-all': '2' })).toBeUndefined()
    expect(planBuild('platform', '3', { 'built-platform': '2', 'built-all': '2' })).toEqual(['--platform'])
  })

  it('of the rest leaves the pages that a running platform serves in place', () => {
    expect(planBuild('all', '2', { 'built-platform': '2' })).toEqual(['--libraries'])
  })

  it('uses the same versions for npm start as everything else does', () => {
    const others = ['package.json', 'apps/server/package.json', 'apps/dashboard/package.json'].map(read)
    const versions = Object.assign({}, ...others.map(({ devDependencies }) => devDependencies))
    const { dependencies } = read('scripts/build-tools/package.json')
    expect(dependencies).toEqual(Object.fromEntries(Object.keys(dependencies).map((name) => [name, versions[name]])))
  })
})

describe('what the tests start', () => {
  it('is installed where that is possible, what is needed apart from the rest', () => {
    const { needed, optional, problem } = planTestTools((name) => name === 'chromium' || name === 'caddy', true)
    expect([needed, problem]).toEqual([['postgresql'], undefined])
    expect(optional).toContain('coturn')
    expect(optional).not.toContain('caddy')
  })

  it('is asked for where it cannot be installed, if no test can do without', () => {
    expect(planTestTools((name) => name !== 'chromium', false).problem).toContain('CHROMIUM_PATH')
    expect(planTestTools((name) => name !== 'postgresql', false).problem).toContain('POSTGRES_BIN')
    expect(planTestTools((name) => name !== 'caddy', false)).toEqual({ needed: [], optional: [] })
  })
})
