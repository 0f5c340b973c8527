import { readdir, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus } from 'node:os'
import process from 'node:process'
import { parseArgs } from 'node:util'
import { runRow } from './run-row.mjs'
import { writeRow } from './table.mjs'

const ROWS = new URL('rows/', import.meta.url)
// Each file in rows/ is a group of rows, exported as `rows`.
const groups = (await readdir(ROWS)).map((file) => file.replace(/\.mjs$/, '')).sort()

const HELP = `Measures Stagedoor beside its peers, in one run on one machine.

  --only GROUP   only one group of rows: ${groups.join(', ')}
  --rounds N     how many interleaved rounds are measured (default: 31)
  --json FILE    writes the figures as JSON too
  --help         this

A ratio is the median of the ratios of all rounds. A bar that is missed is printed as missed; the exit code is 0.
`

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    only: { type: 'string' },
    rounds: { type: 'string', default: '31' },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) {
  process.stdout.write(HELP)
} else {
  await measure(values.only === undefined ? groups : [groupNamed(values.only)], roundsOf(values.rounds), values.json)
}

function groupNamed(name) {
  if (groups.includes(name)) return name
  fail(`There is no group "${name}"; there is ${groups.join(', ')}`)
}

function roundsOf(text) {
  const rounds = Number(text)
  if (Number.isInteger(rounds) && rounds >= 1) return rounds
  fail(`--rounds is a whole number from 1 on; given was "${text}"`)
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

async function measure(names, rounds, file) {
  const machine = { node: process.version, cores: availableParallelism(), cpu: cpus()[0]?.model ?? 'unknown' }
  process.stdout.write(`Node.js ${machine.node}, ${machine.cores} cores, ${machine.cpu}, ${rounds} rounds\n`)
  const figures = []
  for (const name of names) {
    const { rows } = await import(new URL(`${name}.mjs`, ROWS).href)
    for (const makeReady of rows) {
      const row = await runRow(makeReady, { rounds })
      process.stdout.write(`\n${writeRow(row)}\n`)
      figures.push({ group: name, ...row })
    }
  }
  if (file !== undefined) await writeFile(file, `${JSON.stringify({ machine, rounds, rows: figures }, null, 2)}\n`)
}
