import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Repository } from './point-to-pages.ts'

/** Of this file, bundled or not: VitePress puts what it has bundled beside the configuration. */
export const ROOT = findRoot(fileURLToPath(import.meta.url))
export const GENERATED = join(ROOT, 'docs', 'generated')

const NO_SOURCE = new Set([
  'node_modules',
  'dist',
  'generated',
  '.vitepress',
  '.next',
  'next-env.d.ts',
  'package-lock.json',
])

export const repository: Repository = {
  kindOf(path) {
    // Nothing outside of it is looked at.
    if (path.startsWith('..')) return 'nothing'
    const found = statSync(join(ROOT, path), { throwIfNoEntry: false })
    if (found === undefined) return 'nothing'
    return found.isDirectory() ? 'folder' : 'file'
  },
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

/** The files in a folder and in those inside of it, in the order of their names. */
export function listFiles(folder: string): string[] {
  const entries = readdirSync(join(ROOT, folder), { withFileTypes: true })
    .filter(({ name }) => !NO_SOURCE.has(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
  return entries.flatMap((entry) => {
    const path = posix.join(folder, entry.name)
    return entry.isDirectory() ? listFiles(path) : [path]
  })
}

/** The pages that people write: everything in `docs` that is Markdown. */
export function listDocs(): string[] {
  return listFiles('docs').filter((path) => path.endsWith('.md'))
}

/** The first heading, as words. */
export function titleOf(text: string): string {
  const [, title = ''] = /^# (.+)$/m.exec(text) ?? []
  return title.replaceAll('`', '').replaceAll(/\\(.)/g, '$1')
}

function findRoot(path: string): string {
  const at = path.lastIndexOf(join('/', 'docs', '/'))
  if (at < 0) throw new Error(`${path} is in no folder of documentation`)
  return path.slice(0, at)
}
