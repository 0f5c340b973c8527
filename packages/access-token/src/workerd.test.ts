import { execFile } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { describe, expect, it, onTestFinished } from 'vitest'
// @ts-expect-error It has no types: it is the path of the program.
import workerd from 'workerd'
import { AccessToken, createTokenVerifier } from './index.ts'

const run = promisify(execFile)
const SECRET = 'the secret of a test, not of anybody else'
const START_MS = 30_000
const PAIRS = {
  RS256: generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: generateKeyPairSync('ed25519'),
} as const

const CONFIG = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (services = [(name = "main", worker = .worker)]);
const worker :Workerd.Worker = (
  modules = [(name = "worker", esModule = embed "worker.mjs")],
  compatibilityDate = "2025-09-01",
  compatibilityFlags = ["nodejs_compat"],
);`

function keysToBring() {
  const entries = Object.entries(PAIRS).map(([algorithm, { privateKey, publicKey }]) => {
    const options = { algorithm: algorithm as keyof typeof PAIRS, apiRTC_UserAgent_Id: 'alice' }
    return [
      algorithm,
      {
        privatePem: privateKey.export({ format: 'pem', type: 'pkcs8' }),
        publicPem: publicKey.export({ format: 'pem', type: 'spki' }),
        privateJwk: privateKey.export({ format: 'jwk' }),
        publicJwk: publicKey.export({ format: 'jwk' }),
        token: new AccessToken('shop', privateKey, options).toJwt(),
      },
    ]
  })
  return Object.fromEntries(entries)
}

/** Runs the fixture on workerd and returns its results. */
async function runOnWorkerd(): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'stagedoor-workerd-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const hmacToken = new AccessToken('shop', SECRET, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
  await build({
    entryPoints: [fileURLToPath(new URL('workerd.fixture.ts', import.meta.url))],
    bundle: true,
    format: 'esm',
    platform: 'neutral',
    external: ['node:*'],
    define: { GIVEN: JSON.stringify({ keys: keysToBring(), secret: SECRET, hmacToken }) },
    outfile: join(folder, 'worker.mjs'),
  })
  writeFileSync(join(folder, 'config.capnp'), CONFIG)
  const { stdout, stderr } = await run(workerd, ['test', join(folder, 'config.capnp')], { timeout: START_MS })
  const [, outcome] = /OUTCOME (.*)/.exec(stdout + stderr) ?? []
  return JSON.parse(outcome ?? 'null')
}

// It is published for the common systems only.
describe.skipIf(!existsSync(workerd))('on Cloudflare Workers', () => {
  it(
    'tokens are minted and verified with every algorithm, and are interchangeable with those of Node.js',
    async () => {
      const outcome = await runOnWorkerd()
      for (const [algorithm, { publicKey }] of Object.entries(PAIRS)) {
        for (const form of ['Pem', 'Jwk']) {
          expect([algorithm, outcome[`${algorithm} ${form}`]]).toEqual([algorithm, ['ok', 'ok', 'signature_invalid']])
        }
        const verify = createTokenVerifier({ keys: [{ algorithm: algorithm as keyof typeof PAIRS, publicKey }] })
        expect(verify(outcome[algorithm])).toMatchObject({ ok: true })
      }
      // With a warning and nothing else.
      expect(outcome['short']).toBe('string')
      expect(outcome['HS256 Pem']).toEqual(['ok', 'ok', 'algorithm_refused'])
      const verify = createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: SECRET }] })
      expect(verify(outcome['HS256'])).toMatchObject({ ok: true })
    },
    START_MS,
  )
})
