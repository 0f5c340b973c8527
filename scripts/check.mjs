// Runs every check that needs no test run, one after the other, and says which failed.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const CHECKS = [
  ['form and lint', 'biome', ['ci', '.']],
  ['plain words', process.execPath, ['scripts/check-words.mjs']],
  ['types', 'tsc', ['-p', 'tsconfig.json']],
  [
    'arrows between the folders',
    'depcruise',
    ['packages', 'apps', '--config', '.dependency-cruiser.mjs', '--output-type', 'err'],
  ],
  ['unused files, exports and dependencies', 'knip', []],
  ['bundle budget of the client', process.execPath, ['scripts/check-bundle.mjs']],
  ['licences of what is shipped', process.execPath, ['scripts/licences.mjs', '--check']],
  ['docstrings of the packages', process.execPath, ['scripts/package-reference.mjs']],
  ['types of the admin client', process.execPath, ['scripts/admin-schema.mjs', '--check']],
]

const failed = CHECKS.filter(([name, tool, args]) => !passes(name, tool, args)).map(([name]) => name)
process.stdout.write(
  failed.length === 0 ? `\nAll ${CHECKS.length} checks passed.\n` : `\nFailed: ${failed.join(', ')}.\n`,
)
process.exitCode = failed.length === 0 ? 0 : 1

function passes(name, tool, args) {
  const started = Date.now()
  const command = tool === process.execPath ? tool : join(ROOT, 'node_modules', '.bin', tool)
  process.stdout.write(`\n— ${name}\n`)
  const { status } = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', shell: process.platform === 'win32' })
  process.stdout.write(`  ${status === 0 ? 'passed' : 'failed'} in ${((Date.now() - started) / 1000).toFixed(1)} s\n`)
  return status === 0
}
