import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, extname, join, posix } from 'node:path'
import type { ApiDocument } from '../../../apps/server/src/api/v1/openapi-document.ts'
import { type Rights, writeHttpApi } from '../http-api/write-http-api.ts'
import { listTargets, pointToPages, toSitePath } from './point-to-pages.ts'
import { GENERATED, listDocs, listFiles, read, repository, titleOf } from './repository.ts'

/** What scripts/docs.mjs has gathered, and nothing here writes. */
const GATHERED = ['packages', 'api.json']
/** What is worth a page beside the documentation itself. What these link to has one too. */
const BESIDE = ['README.md', 'CONTRIBUTING.md', 'deploy/README.md', 'examples/README.md']
const LANGUAGES: Readonly<Record<string, string>> = { '.mjs': 'js', '.conf': 'nginx', '.pl': 'perl', '': 'text' }

/** Writes every page that is not in `docs` as it is: those of other folders, the lists, and the API's. */
export function writePages(): void {
  mkdirSync(GENERATED, { recursive: true })
  for (const name of readdirSync(GENERATED)) {
    if (!GATHERED.includes(name)) rmSync(join(GENERATED, name), { recursive: true })
  }
  for (const path of listBeside()) write(toSitePath(path, kindOf(path)), writePage(path))
  write('refusals/index.md', writeRefusals())
  write('decisions/index.md', writeDecisions())
  const api = join(GENERATED, 'api.json')
  if (!existsSync(api)) return
  const { document, rights } = JSON.parse(readFileSync(api, 'utf8')) as { document: ApiDocument; rights: Rights }
  for (const { name, text } of writeHttpApi(document, rights)) write(`http-api/${name}.md`, text)
}

/** Every file and folder outside of `docs` that has a page. */
export function listBeside(): string[] {
  const examples = listFiles('examples').filter((path) => posix.basename(path) === 'README.md')
  const found = new Set([...BESIDE, ...examples])
  const visit = (path: string) => {
    for (const target of targetsOf(path)) {
      const page = pageOf(target)
      if (page === '' || page.startsWith('docs') || found.has(page)) continue
      found.add(page)
      visit(page)
    }
  }
  for (const path of [...listDocs(), ...found]) visit(path)
  return [...found]
}

// A folder that explains itself has its explanation as its page.
function pageOf(path: string): string {
  const readme = posix.join(path, 'README.md')
  return kindOf(path) === 'folder' && repository.kindOf(readme) === 'file' ? readme : path
}

function targetsOf(path: string): string[] {
  if (kindOf(path) === 'folder') return listFiles(path)
  return path.endsWith('.md') ? listTargets(read(path), path, repository) : []
}

function kindOf(path: string): 'file' | 'folder' {
  return repository.kindOf(path) === 'folder' ? 'folder' : 'file'
}

function writePage(path: string): string {
  if (kindOf(path) === 'folder') {
    const files = listFiles(path).map((file) => `- [${posix.relative(path, file)}](/${toSitePath(file, 'file')})`)
    return [`# ${path}`, 'The files of this folder:', files.join('\n')].join('\n\n')
  }
  if (path.endsWith('.md')) return pointToPages(read(path), path, repository)
  const extension = extname(path)
  const language = LANGUAGES[extension] ?? extension.slice(1)
  return `# ${path}\n\n\`\`\`\`${language}\n${read(path).trimEnd()}\n\`\`\`\`\n`
}

function writeRefusals(): string {
  const rows = listDocs()
    .filter((path) => path.startsWith('docs/refusals/'))
    .map((path) => {
      const code = posix.basename(path, '.md')
      const [, message = ''] = /^> (.+)$/m.exec(read(path)) ?? []
      return `| [\`${code}\`](/refusals/${code}.md) | ${message.replaceAll('|', '\\|')} |`
    })
  const intro =
    'One page for each code: what it says, why, and what to do. [Why was I refused?](/refused.md) tells how to find out.'
  return ['# Refusals', intro, ['| code | what it says |', '| --- | --- |', ...rows].join('\n')].join('\n\n')
}

function writeDecisions(): string {
  const lines = listDocs()
    .filter((path) => path.startsWith('docs/decisions/'))
    .map((path) => {
      const number = Number.parseInt(posix.basename(path), 10)
      return `${number}. [${titleOf(read(path)).replace(/^\d+\. /, '')}](/${toSitePath(path, 'file')})`
    })
  return ['# Decisions', 'What was chosen, and why.', lines.join('\n')].join('\n\n')
}

function write(path: string, text: string): void {
  const to = join(GENERATED, path)
  mkdirSync(dirname(to), { recursive: true })
  writeFileSync(to, text.endsWith('\n') ? text : `${text}\n`)
}
