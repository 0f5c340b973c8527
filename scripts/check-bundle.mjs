// What a page loads of the client: its size, and that nothing is in it that has no business in a browser.
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

// Decision 0039 says why.
const BUDGET_BYTES = 16 * 1024
const FORBIDDEN = ['node_modules/zod/', 'packages/access-token/', 'node_modules/ws/']

const { outputFiles, metafile } = await build({
  entryPoints: ['packages/client/src/index.ts'],
  bundle: true,
  format: 'esm',
  platform: 'browser',
  target: 'es2022',
  minify: true,
  conditions: ['@stagedoor/source'],
  metafile: true,
  write: false,
  outfile: 'client.js',
})

const size = gzipSync(outputFiles[0].contents, { level: 9 }).length
// The metafile lists every module that was looked at; only those whose code is in the output count.
const contents = Object.values(metafile.outputs).flatMap(({ inputs }) =>
  Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
)
const strangers = contents.filter((path) => FORBIDDEN.some((forbidden) => path.includes(forbidden)))

process.stdout.write(
  `@stagedoor/client in a browser: ${size} of ${BUDGET_BYTES} bytes, minified and compressed with gzip\n`,
)
if (size > BUDGET_BYTES) process.stderr.write('The bundle is over its budget.\n')
if (strangers.length > 0) process.stderr.write(`The bundle holds what it must not: ${strangers.join(', ')}\n`)
process.exitCode = size > BUDGET_BYTES || strangers.length > 0 ? 1 : 0
