import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
/** What a program takes from each package that is published. */
const PACKAGES: Readonly<Record<string, string>> = {
  'access-token': 'AccessToken',
  protocol: 'SUBPROTOCOL',
  client: 'UserAgent',
  admin: 'createAdmin',
  identity: 'verifyIdentity',
  'token-endpoint': 'createTokenEndpoint',
}
const INSTALL_MS = 180_000

const project = mkdtempSync(join(tmpdir(), 'stagedoor-packages-'))
const tarballs = new Map<string, string>()

// An npm that has started the tests would tell this one of the workspace that it is not in.
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))

beforeAll(async () => {
  for (const name of Object.keys(PACKAGES)) {
    const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', project]
    const { stdout } = await run('npm', args, { cwd: join(ROOT, 'packages', name), env })
    tarballs.set(name, join(project, JSON.parse(stdout)[0].filename))
  }
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'an-empty-project', private: true }))
  const args = ['install', '--no-audit', '--no-fund', '--prefer-offline', ...tarballs.values()]
  await run('npm', args, { cwd: project, env })
}, INSTALL_MS)
afterAll(() => rmSync(project, { recursive: true, force: true }))

describe.each(Object.entries(PACKAGES))('@stagedoor/%s in an empty project', (name, member) => {
  const address = `@stagedoor/${name}`

  it.each([
    ['import', 'mjs', `import { ${member} } from '${address}'\nconsole.log(typeof ${member})`],
    ['require', 'cjs', `const { ${member} } = require('${address}')\nconsole.log(typeof ${member})`],
  ])('comes by %s', async (_way, extension, code) => {
    const file = join(project, `${name}.${extension}`)
    writeFileSync(file, code)
    const { stdout, stderr } = await run(process.execPath, [file], {
      cwd: project,
      env: { ...env, NODE_NO_WARNINGS: '1' },
    })
    expect([stdout.trim(), stderr]).toEqual([name === 'protocol' ? 'string' : 'function', ''])
  })

  it('has nothing that publint finds fault with', async () => {
    const pkg = JSON.parse(readFileSync(join(ROOT, 'packages', name, 'package.json'), 'utf8'))
    const { messages } = await publint({ pkgDir: join(project, 'node_modules', address), pack: false, strict: true })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })

  it('has types that are those of what is loaded', async () => {
    const tarball = readFileSync(tarballs.get(name) ?? '')
    const found = await checkPackage(createPackageFromTarballData(tarball))
    if (!found.types) throw new Error(`${address} has no types`)
    // Who resolves as Node.js 10 did has no "exports"; what is loaded by require is a module of ESM, as Node.js 20.19 allows.
    const accepted = ['NoResolution', 'CJSResolvesToESM']
    expect(found.problems.filter(({ kind }) => !accepted.includes(kind))).toEqual([])
  })
})

it('what all of it is made of is listed for machines, with nothing that does not fit together', async () => {
  const { stdout } = await run('npm', ['sbom', '--sbom-format', 'cyclonedx'], { cwd: ROOT, env, maxBuffer: 64 << 20 })
  const { bomFormat, components } = JSON.parse(stdout)
  expect([bomFormat, components.length > 100]).toEqual(['CycloneDX', true])
})
