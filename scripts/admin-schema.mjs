// Writes the types of @stagedoor/admin from the OpenAPI document that the server answers with.
//   --check    writes nothing, and fails where what is written is not of today's server
import { spawnSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath } from 'node:url'
import openapiTypes, { astToString } from 'openapi-typescript'
import { fetchOpenApiDocument } from './openapi-document.mjs'

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)))
const SCHEMA = join(ROOT, 'packages', 'admin', 'src', 'schema.ts')
// What has a default need not be sent.
const OPTIONS = { defaultNonNullable: false }
const HEADER = '// Written by scripts/admin-schema.mjs from the OpenAPI document of the server. Change nothing here.\n'

const text = format(HEADER + astToString(await openapiTypes(await fetchOpenApiDocument(), OPTIONS)))
if (!process.argv.includes('--check')) {
  writeFileSync(SCHEMA, text)
} else if (readFileSync(SCHEMA, 'utf8') !== text) {
  process.stderr.write('The types of @stagedoor/admin are not those of the server: node scripts/admin-schema.mjs\n')
  process.exitCode = 1
}

function format(input) {
  const biome = join(ROOT, 'node_modules', '.bin', 'biome')
  const { status, stdout, stderr } = spawnSync(biome, ['format', `--stdin-file-path=${SCHEMA}`], {
    cwd: ROOT,
    input,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  if (status !== 0) throw new Error(`The types cannot be formatted: ${stderr}`)
  return stdout
}
