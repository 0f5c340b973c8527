import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { createTokenVerifier } from '@stagedoor/access-token'
import { afterAll, describe, expect, it } from 'vitest'
import { type CodeBlock, codeBlocks, readPage, withoutCodeBlocks } from '../fixtures/code-blocks.fixture.ts'
import { complainOf, complainOfMention } from '../fixtures/command-line-help.fixture.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
// Inside of the workspace, so that the snippets find the packages.
const SNIPPETS = fileURLToPath(new URL('../../results/snippets', import.meta.url))
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
// behind-a-proxy.test.ts starts these in front of a platform.
const STARTED_ELSEWHERE = ['docs/guides/behind-a-proxy.md', 'docs/guides/scale-out.md', 'docs/running.md']
// What somebody types, and what is answered: the commands of it that are ours are known to the command line.
const TYPED = ['sh', 'console']
// Nothing in them is ours to check: pictures, what is printed, and what one types into PostgreSQL.
const PLAIN = ['text', 'sql']

interface Block extends CodeBlock {
  readonly file: string
}

const files = [
  ...['README.md', 'CONTRIBUTING.md', 'deploy/README.md'],
  ...listPages('docs', ['generated', '.vitepress', 'node_modules']),
  ...listPages('examples', ['node_modules']),
]
const blocks: readonly Block[] = files.flatMap((file) => codeBlocks(file).map((block) => ({ file, ...block })))

function listPages(folder: string, others: readonly string[]): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return others.includes(entry.name) ? [] : listPages(path, others)
    return entry.name.endsWith('.md') ? [path] : []
  })
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
      expect(verify(stdout.trim(), { userId: 'alice' })).toMatchObject({ ok: true })
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

  it.for(blocks.filter(({ language }) => language === 'json').map(({ file, code }) => [file, code] as const))(
    '%s: what it shows as JSON is JSON',
    ([, code]) => {
      expect(() => JSON.parse(code)).not.toThrow()
    },
  )

  it('calls the command line by commands and options that it has', async () => {
    const typed = blocks.filter(({ language }) => TYPED.includes(language))
    const lines = typed.flatMap(({ file, code }) => code.split('\n').map((line) => ({ file, line })))
    const mentions = files.flatMap((file) =>
      [...withoutCodeBlocks(readPage(file)).matchAll(/`((?:npx )?stagedoor [^`\n]+)`/g)].map(([, line = '']) => ({
        file,
        line,
      })),
    )
    const found = await Promise.all([
      ...lines.map(async ({ file, line }) => ({ file, line, complaints: await complainOf(line) })),
      ...mentions.map(async ({ file, line }) => ({ file, line, complaints: await complainOfMention(line) })),
    ])
    expect(lines.length).toBeGreaterThan(0)
    expect(found.filter(({ complaints }) => complaints.length > 0)).toEqual([])
  })

  it('calls scripts and workspaces by names that they have', () => {
    const { scripts } = JSON.parse(readPage('package.json')) as { scripts: Record<string, string> }
    const typed = blocks.filter(({ language }) => TYPED.includes(language)).map(({ code }) => code)
    const texts = [...typed, ...files.map((file) => withoutCodeBlocks(readPage(file)))].join('\n')
    const named = [...texts.matchAll(/\bnpm (?:run )?(start|test|(?<=run )[\w:-]+)( --workspace \S+)?/g)]
    const unknown = named.filter(([, script = '', workspace]) =>
      workspace === undefined
        ? !(script in scripts)
        : !existsSync(join(ROOT, workspace.split(' ')[2] ?? '', 'package.json')),
    )
    expect(named.length).toBeGreaterThan(0)
    expect(unknown.map(([command]) => command)).toEqual([])
  })

  it('has no code in a language that nothing here looks at', () => {
    const looked = [...Object.keys(RUNNERS), ...TYPED, ...PLAIN, 'ts', 'json']
    const unknown = blocks.filter(({ file, language }) => {
      if (language === 'nginx' || language === 'caddy') return !STARTED_ELSEWHERE.includes(file)
      return !looked.includes(language)
    })
    expect(unknown.map(({ file, language }) => `${file}: ${language}`)).toEqual([])
    const unclosed = files.filter((file) => /^ *(`{3}|~{3})/m.test(withoutCodeBlocks(readPage(file))))
    expect(unclosed).toEqual([])
  })

  it('names no test that is not there', () => {
    const named = files.flatMap((file) => {
      const text = readPage(file)
      return [...text.matchAll(/`([\w./-]+\.(?:test|contract)\.ts)`/g)].map(([, path = '']) => ({ file, path }))
    })
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter(({ path }) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  it('links to nothing that is not there', () => {
    for (const file of files) {
      const links = [...readPage(file).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path = '']) => path)
      const missing = links.filter((path) => !existsSync(join(ROOT, dirname(file), path)))
      expect([file, missing]).toEqual([file, []])
    }
  })
})
