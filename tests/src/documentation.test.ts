import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { createTokenVerifier } from '@stagedoor/access-token'
import { afterAll, describe, expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
// Inside of the workspace, so that the snippets find the packages.
const SNIPPETS = fileURLToPath(new URL('../results/snippets', import.meta.url))
const API_KEY = 'key of a test'
const SECRET = "a secret of a test: $quotes\" and 'signs' too"

const RUNNERS: Record<string, { readonly command: string; readonly extension: string }> = {
  js: { command: process.execPath, extension: 'mjs' },
  python: { command: 'python3', extension: 'py' },
  php: { command: 'php', extension: 'php' },
  bash: { command: 'bash', extension: 'sh' },
}

// What needs a platform that runs, or is one that takes messages: api.test.ts and webhooks.test.ts run it.
const RUN_ELSEWHERE = ['docs/api.md', 'docs/webhooks.md']

interface Block {
  readonly file: string
  readonly language: string
  readonly code: string
}

const files = ['README.md', 'CONTRIBUTING.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter(
  (name) => name.endsWith('.md'),
)
const blocks = files.flatMap(blocksOf)

function blocksOf(file: string): Block[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({
    file,
    language,
    code,
  }))
}

function write({ code }: Block, name: string): string {
  mkdirSync(SNIPPETS, { recursive: true })
  const path = join(SNIPPETS, name)
  writeFileSync(path, code)
  return path
}

function isInstalled(command: string): boolean {
  return spawnSync(command, ['--version']).status === 0
}

afterAll(() => rmSync(SNIPPETS, { recursive: true, force: true }))

describe('the documentation', () => {
  const runnable = blocks.filter(({ file, language }) => language in RUNNERS && !RUN_ELSEWHERE.includes(file))

  it.for(runnable.map((block, at) => [block.file, block.language, at, block] as const))(
    '%s: what it mints in %s (block %i) is a token that is admitted',
    ([_file, language, at, block], { skip }) => {
      const runner = RUNNERS[language]
      if (runner === undefined) throw new Error(`nothing runs ${language}`)
      if (!isInstalled(runner.command)) skip(`there is no ${runner.command} on this machine`)
      const path = write(block, `block-${at}.${runner.extension}`)
      const environment = { ...process.env, API_KEY, SECRET }
      const { stdout, stderr } = spawnSync(runner.command, [path], { encoding: 'utf8', env: environment })
      expect(stderr).toBe('')
      const verify = createTokenVerifier({ apiKey: API_KEY, keys: [{ algorithm: 'HS256', secret: SECRET }] })
      expect(verify(stdout.trim(), { userAgentId: 'alice' })).toMatchObject({ ok: true })
    },
  )

  it('has snippets for browsers that type-check', () => {
    const snippets = blocks.filter(({ language }) => language === 'ts')
    expect(snippets.length).toBeGreaterThan(0)
    const paths = snippets.map((block, at) => write(block, `snippet-${at}.ts`))
    const options = '--ignoreConfig --noEmit --strict --module nodenext --target es2023 --lib es2023,dom --skipLibCheck'
    const tsc = join(ROOT, 'node_modules', '.bin', 'tsc')
    const { stdout } = spawnSync(tsc, [...options.split(' '), ...paths], { encoding: 'utf8', cwd: SNIPPETS })
    expect(stdout).toBe('')
  })

  it('links to nothing that is not there', () => {
    for (const file of files) {
      const links = [...readFileSync(join(ROOT, file), 'utf8').matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(
        ([, path = '']) => path,
      )
      const missing = links.filter((path) => !existsSync(join(ROOT, dirname(file), path)))
      expect([file, missing]).toEqual([file, []])
    }
  })
})
