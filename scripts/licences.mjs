// Writes docs/licences.md: what is shipped along, under which licence. With --check, fails where it is out of date, or where
// something has a licence that nobody has agreed to.
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const PAGE = join(ROOT, 'docs', 'licences.md')
/** Those that let it be used and shipped along with ours. */
const AGREED = [
  'MIT',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
]
/** What is published or served: its dependencies go along. */
const SHIPPED = [
  'apps/server',
  'apps/dashboard',
  'apps/demo',
  ...['access-token', 'admin', 'client', 'protocol', 'token-endpoint'].map((name) => `packages/${name}`),
]

/** Our own packages have the licence of the repository. */
const OURS = /^pkg:npm\/(stagedoor@|%40stagedoor\/)/
/** The half of a package that is built for one system: another system has another half. */
const OF_ONE_SYSTEM = /-(linux|darwin|win32|android|freebsd|wasm32)-/
const MAX_BYTES = 64 * 1_024 * 1_024

const HEAD = `# Licences

What is shipped along with the platform and its packages, and under which licence. A list for machines (CycloneDX) is made by
\`npm sbom --sbom-format cyclonedx --omit dev\`.

`

const found = readLicences()
const strange = found.filter(({ licence }) => !isAgreed(licence))
const page = `${HEAD}${tableOf([['package', 'licence'], ...found.map(({ name, licence }) => [name, licence])])}\n`
if (strange.length > 0) {
  process.stderr.write(
    `Nobody has agreed to: ${strange.map(({ name, licence }) => `${name} (${licence})`).join(', ')}\n`,
  )
  process.exitCode = 1
} else if (!process.argv.includes('--check')) writeFileSync(PAGE, page)
else if (readFileSync(PAGE, 'utf8') !== page) {
  process.stderr.write('docs/licences.md is out of date: node scripts/licences.mjs\n')
  process.exitCode = 1
}

/** What npm says of all that is shipped, by its name. */
function readLicences() {
  const workspaces = SHIPPED.flatMap((path) => ['--workspace', path])
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev', ...workspaces]
  const { stdout, stderr, status } = spawnSync('npm', args, {
    cwd: ROOT,
    encoding: 'utf8',
    maxBuffer: MAX_BYTES,
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(stderr)
  const components = JSON.parse(stdout).components.filter(({ purl }) => !OURS.test(purl))
  const all = components.map(({ name, licenses = [] }) => ({ name, licence: licenses.map(licenceOf).join(' AND ') }))
  const others = all.filter(({ name }) => !OF_ONE_SYSTEM.test(name))
  // Two versions of one package are one line.
  return [...new Map(others.map((one) => [`${one.name} ${one.licence}`, one])).values()].sort((one, other) =>
    one.name < other.name ? -1 : 1,
  )
}

/** As the formatter wants it: columns of one width. */
function tableOf(rows) {
  const widths = [0, 1].map((at) => Math.max(...rows.map((row) => row[at].length)))
  const lines = rows.map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`)
  return lines.toSpliced(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`).join('\n')
}

function licenceOf({ license, expression }) {
  return license?.id ?? license?.name ?? expression ?? 'none'
}

/** Of several that may be chosen one is enough; of several that all hold, each must be agreed to. */
function isAgreed(licence) {
  const text = licence.replaceAll(/[()]/g, '')
  return text.split(' OR ').some((choice) => choice.split(' AND ').every((one) => AGREED.includes(one.trim())))
}
