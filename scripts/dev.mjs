// Rebuilds on every change and restarts the server with the demo.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const bin = (name) => join(ROOT, 'node_modules', '.bin', name)

const children = [
  start(bin('tsc'), ['-b', 'tsconfig.build.json', '--watch', '--preserveWatchOutput']),
  start(bin('vite'), ['build', 'apps/demo', '--watch', '--logLevel', 'warn']),
  start(process.execPath, [
    '--watch-path=apps/server/dist',
    '--watch-path=packages',
    'apps/server/bin/stagedoor.js',
    'serve',
    '--dev',
  ]),
]
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, () => {
    for (const child of children) child.kill(signal)
  })
}

function start(command, args) {
  return spawn(command, args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' })
}
