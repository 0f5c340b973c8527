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

describe('the client in an empty project', () => {
  const PROGRAM = `
    import { type CaptureOptions, type Conversation, type RegisterOptions, UserAgent } from '@stagedoor/client'
    interface Move { readonly x: number; readonly y: number }
    declare const token: string | undefined
    const options: RegisterOptions = { id: 'alice', token, cloudUrl: undefined, signal: undefined }
    const capture: CaptureOptions = { audioInputId: undefined }
    export async function call(): Promise<Conversation> {
      const userAgent = new UserAgent({ uri: 'apiKey:x', getToken: async (signal) => String(signal.aborted), log: undefined })
      const conversation = (await userAgent.register(options)).getConversation('stage')
      const move: Move = { x: 1, y: 2 }
      await conversation.sendData(move)
      await conversation.publish(await userAgent.createStream(capture), null)
      const remove: () => void = conversation.on('data', ({ content }) => void content)
      remove()
      return conversation
    }`

  it.each([
    ['node16', ['es2022', 'dom']],
    ['node16', ['es2022']],
    ['bundler', ['es2022', 'dom']],
    ['bundler', ['es2022']],
  ] as const)(
    'compiles as strictly as TypeScript can, resolved as by %s with the libraries %j',
    async (moduleResolution, lib) => {
      const folder = mkdtempSync(join(project, 'types-'))
      writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
      writeFileSync(join(folder, 'program.ts'), PROGRAM)
      const compilerOptions = {
        ...{ noEmit: true, strict: true, exactOptionalPropertyTypes: true, skipLibCheck: false, types: [] },
        ...{ target: 'es2022', lib, moduleResolution, module: moduleResolution === 'node16' ? 'node16' : 'esnext' },
      }
      writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['program.ts'] }))
      const compiler = join(ROOT, 'node_modules/typescript/bin/tsc')
      const { stdout } = await run(process.execPath, [compiler, '-p', folder]).catch((error) => error)
      expect(stdout).toBe('')
    },
  )

  it('says in Node, where there is no WebRTC and nothing to connect to, what is missing', async () => {
    const file = join(project, 'without-webrtc.mjs')
    writeFileSync(
      file,
      `import { UserAgent } from '@stagedoor/client'
      const userAgent = new UserAgent({ uri: 'apiKey:x' })
      const calls = [() => userAgent.createStream(), () => userAgent.register({ id: 'a', cloudUrl: 'http://127.0.0.1:1' })]
      for (const call of calls) await call().catch(({ name, message }) => console.log(name + ': ' + message))`,
    )
    const { stdout } = await run(process.execPath, [file], { cwd: project, env: { ...env, NODE_NO_WARNINGS: '1' } })
    expect(stdout.trim().split('\n')).toEqual([
      'Error: There is no access to cameras and microphones: the page must be served over HTTPS, or from localhost',
      'ConnectionError: The gate cannot be reached',
    ])
  })

  it('is bundled by Vite without anything of Node', async () => {
    const folder = mkdtempSync(join(project, 'vite-'))
    writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="/main.js"></script>')
    writeFileSync(
      join(folder, 'main.js'),
      `import { UserAgent } from '@stagedoor/client'\nnew UserAgent({ uri: 'apiKey:x' })`,
    )
    const { build } = await import('vite')
    const built = await build({ root: folder, configFile: false, logLevel: 'silent', build: { write: false } })
    const { output } = built as { output: readonly { readonly code?: string }[] }
    const code = output.map((one) => one.code ?? '').join('')
    expect(code).toContain('WebSocket')
    expect(code).not.toMatch(/node:|require\(|process\.versions/)
  })
})

it('what all of it is made of is listed for machines, with nothing that does not fit together', async () => {
  const { stdout } = await run('npm', ['sbom', '--sbom-format', 'cyclonedx'], { cwd: ROOT, env, maxBuffer: 64 << 20 })
  const { bomFormat, components } = JSON.parse(stdout)
  expect([bomFormat, components.length > 100]).toEqual(['CycloneDX', true])
})
