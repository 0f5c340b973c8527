// Builds everything into the folders that are shipped: dist/ of each package, and what the server serves.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...path) => join(ROOT, ...path)

run('tsc', ['-b', 'tsconfig.build.json'])
run('vite', ['build', at('apps', 'demo'), '--logLevel', 'warn'])
copyRefusalPages()

// The server explains its refusals itself, with the pages of the documentation.
function copyRefusalPages() {
  const from = at('docs', 'refusals')
  const to = at('apps', 'server', 'public', 'refusals')
  rmSync(to, { recursive: true, force: true })
  mkdirSync(to, { recursive: true })
  if (existsSync(from)) cpSync(from, to, { recursive: true })
}

function run(tool, args) {
  const { status } = spawnSync(at('node_modules', '.bin', tool), args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  if (status !== 0) process.exit(status ?? 1)
}
