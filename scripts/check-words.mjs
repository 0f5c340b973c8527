// Fails where text that people read has one of a short list of phrases that no one in this field would say. See CONTRIBUTING.md.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import process from 'node:process'

const PHRASES =
  /\b(whoever|of late|anew|take leave of|take along|let go of|good for nothing|knock(s|ed|ing)?|backstage|afar|rehears\w*)\b/gi

// Everything that people read, source and tests included. Decisions and CONTRIBUTING.md quote old words.
const TEXTS = [
  'README.md',
  'docs/*.md',
  'deploy',
  'examples',
  'apps',
  'packages',
  'tests',
  'bench',
  'scripts',
  ':!scripts/check-words.mjs',
  ':!*.png',
  ':!docs/decisions',
  ':!docs/licences.md',
  ':!*.svg',
]

const files = execFileSync('git', ['ls-files', '--', ...TEXTS], { encoding: 'utf8' })
  .split('\n')
  .filter(Boolean)
const found = files.flatMap((file) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, at) => [...line.matchAll(PHRASES)].map(([phrase]) => `${file}:${at + 1}: "${phrase}"`)),
)
for (const place of found) process.stderr.write(`${place}\n`)
if (found.length > 0)
  process.stderr.write(`Say it plainly: ${found.length} phrases to replace. CONTRIBUTING.md says how.\n`)
process.exitCode = found.length === 0 ? 0 : 1
