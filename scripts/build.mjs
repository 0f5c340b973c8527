// Builds everything into the folders that are shipped: dist/ of each package, and what the server serves.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...path) => join(ROOT, ...path)

run('tsc', ['-b', 'tsconfig.build.json'])
for (const page of ['demo', 'dashboard']) run('vite', ['build', at('apps', page), '--logLevel', 'warn'])
compress(at('apps', 'server', 'public', 'dashboard', 'assets'))
copyRefusalPages()

// Served as they are, so that nothing is compressed while somebody waits.
function compress(folder) {
  for (const name of readdirSync(folder).filter((file) => /\.(js|css|svg)$/.test(file))) {
    const content = readFileSync(join(folder, name))
    writeFileSync(join(folder, `${name}.gz`), gzipSync(content, { level: 9 }))
    writeFileSync(join(folder, `${name}.br`), brotliCompressSync(content))
  }
}

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
