// Writes docs/licences.md: what is shipped along, under which licence. With --check, fails where it is out of date, or where
// something has a licence that nobody has agreed to.
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
  ...['access-token', 'admin', 'client', 'identity', 'protocol', 'token-endpoint'].map((name) => `packages/${name}`),
]

/** Our own packages have the licence of the repository. */
const OURS = /^(stagedoor$|@stagedoor\/)/
/** The half of a package that is built for one system: another system has another half. */
const OF_ONE_SYSTEM = /-(linux|darwin|win32|android|freebsd|wasm32)-/

const HEAD = `# Licences

What is shipped along with the platform and its packages, and under which licence. A list for machines (CycloneDX), with what is only
used to build and to test it, is made by \`npm sbom --sbom-format cyclonedx\`.

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

/**
 * All that is shipped, by its name, as the lock file has it. `npm sbom --omit dev` leaves out whatever something that is used
 * to build wants too.
 */
function readLicences() {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
  const found = new Set()
  for (const path of SHIPPED) follow(path, packages, found)
  const all = [...found]
    .map((path) => ({ name: path.split('node_modules/').at(-1), licence: packages[path].license ?? 'none' }))
    .filter(({ name }) => !OF_ONE_SYSTEM.test(name) && !OURS.test(name) && !SHIPPED.includes(name))
  // Two versions of one package are one line.
  return [...new Map(all.map((one) => [`${one.name} ${one.licence}`, one])).values()].sort((one, other) =>
    one.name < other.name ? -1 : 1,
  )
}

/** Adds what stands at the path, and all that it depends on. */
function follow(path, packages, found) {
  if (found.has(path)) return
  found.add(path)
  const { resolved, link, dependencies, optionalDependencies = {}, peerDependencies = {}, ...rest } = packages[path]
  if (link) return follow(resolved, packages, found)
  // Optional peers are installed, and licensed, by the application.
  const wanted = Object.keys(peerDependencies).filter((name) => !rest.peerDependenciesMeta?.[name]?.optional)
  for (const name of new Set([...Object.keys({ ...dependencies, ...optionalDependencies }), ...wanted])) {
    const at = resolve(name, path, packages)
    if (at !== undefined) follow(at, packages, found)
    else if (!(name in optionalDependencies)) throw new Error(`${path} needs ${name}, which is not in the lock file`)
  }
}

/** As Node.js looks for it: beside, then ever further up. */
function resolve(name, path, packages) {
  const at = `${path}${path === '' ? '' : '/'}node_modules/${name}`
  if (at in packages) return at
  return path === '' ? undefined : resolve(name, path.slice(0, Math.max(0, path.lastIndexOf('/'))), packages)
}

/** As the formatter wants it: columns of one width. */
function tableOf(rows) {
  const widths = [0, 1].map((at) => Math.max(...rows.map((row) => row[at].length)))
  const lines = rows.map((row) => `| ${row.map((cell, at) => cell.padEnd(widths[at])).join(' | ')} |`)
  return lines.toSpliced(1, 0, `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`).join('\n')
}

/** Of several that may be chosen one is enough; of several that all hold, each must be agreed to. */
function isAgreed(licence) {
  const text = licence.replaceAll(/[()]/g, '')
  return text.split(' OR ').some((choice) => choice.split(' AND ').every((one) => AGREED.includes(one.trim())))
}
