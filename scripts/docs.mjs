// Gathers what the reference is written from, then builds the site of the documentation.
//   --serve    shows it instead, and follows the changes of its pages
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { RIGHTS } from '../apps/server/dist/account/role.js'
import { fetchOpenApiDocument } from './openapi-document.mjs'
import './package-reference.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const GENERATED = join(ROOT, 'docs', 'generated')

mkdirSync(GENERATED, { recursive: true })
const api = { document: await fetchOpenApiDocument(), rights: RIGHTS }
writeFileSync(join(GENERATED, 'api.json'), JSON.stringify(api))

const vitepress = join(ROOT, 'node_modules', '.bin', 'vitepress')
const { status } = spawnSync(vitepress, [process.argv.includes('--serve') ? 'dev' : 'build', 'docs'], {
  cwd: ROOT,
  stdio: 'inherit',
  shell: process.platform === 'win32',
})
process.exitCode = status ?? 1
