// Builds everything into the folders that are shipped: dist/ of each package, and what the server serves.
//   --platform   only the JavaScript of the server and of what it is made of, and the pages that it serves
//   --libraries  only dist/ of each package
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const at = (...path) => join(ROOT, ...path)

// What the server loads.
const PLATFORM = ['packages/access-token', 'packages/protocol', 'packages/admin', 'packages/identity', 'apps/server']
// Each file becomes JavaScript by itself, the same as in a full build. That checks the types, which takes three times as long.
const ONLY_JAVASCRIPT = [
  '--noCheck',
  '--noResolve',
  ...['composite', 'incremental', 'declaration', 'declarationMap'].flatMap((option) => [`--${option}`, 'false']),
]

if (process.argv.includes('--platform')) await Promise.all([buildJavaScript(), buildPages()])
else {
  await buildLibraries()
  if (!process.argv.includes('--libraries')) await buildPages()
}

async function buildJavaScript() {
  for (const path of PLATFORM) await run('tsc', ['-p', at(path, 'tsconfig.build.json'), ...ONLY_JAVASCRIPT])
}

async function buildLibraries() {
  await run('tsc', ['-b', 'tsconfig.build.json'])
}

async function buildPages() {
  for (const page of ['demo', 'dashboard']) await run('vite', ['build', at('apps', page), '--logLevel', 'warn'])
  compress(at('apps', 'server', 'public', 'dashboard', 'assets'))
  copyRefusalPages()
}

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

/** Ends the process if the tool fails. */
function run(tool, args) {
  const child = spawn(at('node_modules', '.bin', tool), args, {
    cwd: ROOT,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  return new Promise((done) => {
    child.on('error', (error) => {
      process.stderr.write(`${tool}: ${error.message}\n`)
      process.exit(1)
    })
    child.on('close', (status) => {
      if (status !== 0) process.exit(status ?? 1)
      done()
    })
  })
}
