import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { installNode, NODE_LINES } from '../fixtures/node-line.fixture.ts'
import { makeFolder, STAGEDOOR, startPlatformBy } from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const VITEST = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs')
const STORE_SUITES = ['apps/server/src/store/sqlite', 'apps/server/src/store/backup']
const SUITES_TIMEOUT_MS = 180_000

async function find(line: (typeof NODE_LINES)[number]) {
  try {
    return { line, node: await installNode(line) }
  } catch (error) {
    const { message } = error as Error
    process.stderr.write(`Node.js ${line} is not tried: its binary cannot be fetched from npm (${message})\n`)
    return { line, node: undefined }
  }
}

const lines = []
for (const line of NODE_LINES) lines.push(await find(line))

describe.each(lines)('on Node.js $line', ({ node }) => {
  describe.runIf(node !== undefined)('the platform', () => {
    const folder = makeFolder()
    const elsewhere = makeFolder()
    afterAll(() => {
      folder.remove()
      elsewhere.remove()
    })

    async function stagedoor(...args: readonly string[]) {
      const { stdout, stderr } = await run(String(node), [STAGEDOOR, ...args, '--data', folder.path])
      // No warning of an experimental feature, for one.
      expect(stderr).toBe('')
      return stdout
    }

    it('starts, and admits by a token that its own commands have made', async () => {
      const made: Made = JSON.parse(await stagedoor('key', 'create', '--name', 'Shop', '--json'))
      const platform = await startPlatformBy(String(node), {}, folder.path)
      onTestFinished(() => platform.stop())
      const token = (await stagedoor('token', 'create', made.apiKey, '--user', 'alice')).trim()
      expect(await stagedoor('token', 'verify', token)).toContain(`Valid: a token for ${made.apiKey}.`)
      const { answer, client } = await register(platform.url, made.apiKey, 'alice', token)
      client.socket.terminate()
      expect(answer.type).toBe('registered')
      expect(await stagedoor('key', 'list')).toContain(made.apiKey)

      const backup = join(elsewhere.path, 'backup.db')
      await stagedoor('backup', backup)
      expect(statSync(backup).size).toBeGreaterThan(10_000)
      await platform.stop()
      expect(platform.output()).not.toContain('Warning')
      expect(platform.output()).not.toContain('better-sqlite3')
    })

    it(
      'has a store that passes the tests of the store',
      async () => {
        const { stdout } = await run(
          String(node),
          [VITEST, 'run', '--project', 'unit', '--reporter=json', ...STORE_SUITES],
          {
            cwd: ROOT,
            env: { ...process.env, NO_COLOR: '1' },
            maxBuffer: 64 << 20,
            timeout: SUITES_TIMEOUT_MS,
          },
        )
        const { success, numPassedTests } = JSON.parse(stdout.slice(stdout.indexOf('{')))
        expect([success, numPassedTests > 80]).toEqual([true, true])
        expect(stdout).toContain('SQLite (node:sqlite)')
      },
      SUITES_TIMEOUT_MS,
    )
  })
})
