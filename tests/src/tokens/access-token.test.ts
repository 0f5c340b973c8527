import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const run = promisify(execFile)
let folder: string

// Inside of this workspace, so that the package is found as an application finds it.
beforeAll(async () => {
  folder = await mkdtemp(join(import.meta.dirname, '..', '..', 'results-'))
})

afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function runScript(name: string, script: string): Promise<unknown> {
  const file = join(folder, name)
  await writeFile(file, script)
  const { stdout } = await run(process.execPath, ['--no-warnings', file])
  return JSON.parse(stdout)
}

const PRINT_CLAIMS = `
  const token = new AccessToken('an-api-key', 'a secret for tests, which everyone may read', {
    apiRTC_UserAgent_Id: 'alice',
    ttl: 600,
  }).toJwt()
  const [header, payload] = token.split('.').slice(0, 2).map((part) => JSON.parse(Buffer.from(part, 'base64url')))
  console.log(JSON.stringify({ header, payload, life: payload.exp - payload.iat, algorithm: AccessToken.ALGORITHM }))
`
const EXPECTED = {
  header: { alg: 'HS256', typ: 'JWT' },
  payload: { grants: { apiRTC_UserAgent_Id: 'alice' }, sub: 'an-api-key', aud: 'apiRTC' },
  life: 600,
  algorithm: 'HS256',
}

describe('the built access-token package', () => {
  it.each([
    [
      'the class itself, as CommonJS samples require it',
      'a.cjs',
      `const AccessToken = require('@stagedoor/access-token')`,
    ],
    ['a member, as CommonJS destructures it', 'b.cjs', `const { AccessToken } = require('@stagedoor/access-token')`],
    ['a default, as transpilers ask for it', 'c.cjs', `const AccessToken = require('@stagedoor/access-token').default`],
    ['the default export of an ES module', 'd.mjs', `import AccessToken from '@stagedoor/access-token'`],
    ['a named export of an ES module', 'e.mjs', `import { AccessToken } from '@stagedoor/access-token'`],
  ])('is used as %s', async (_how, name, opening) => {
    expect(await runScript(name, opening + PRINT_CLAIMS)).toMatchObject(EXPECTED)
  })

  it('mints without new code: require(…) in one expression', async () => {
    const script = `
      const token = new (require('@stagedoor/access-token'))('an-api-key', 'a secret for tests, which everyone may read').toJwt()
      console.log(JSON.stringify(token.split('.').length))
    `
    expect(await runScript('f.cjs', script)).toBe(3)
  })

  it('has every export of the ES module in CommonJS too, and both are one', async () => {
    const script = `
      const face = require('@stagedoor/access-token')
      import('@stagedoor/access-token').then((module) => {
        const missing = Object.keys(module).filter((name) => face[name] !== module[name])
        const verify = face.createTokenVerifier({ keys: [{ algorithm: 'HS256', secret: 'x'.repeat(32) }] })
        const token = new face('an-api-key', 'x'.repeat(32), { apiRTC_UserAgent_Id: 'alice' }).toJwt()
        console.log(JSON.stringify({ missing, ok: verify(token).ok, isOne: module.AccessToken === face }))
      })
    `
    expect(await runScript('g.cjs', script)).toEqual({ missing: [], ok: true, isOne: true })
  })

  it('throws the errors of the reference class', async () => {
    const script = `
      const AccessToken = require('@stagedoor/access-token')
      const messages = [[], ['an-api-key'], ['an-api-key', 'x'.repeat(32), { ttl: 0 }]].map((given) => {
        try {
          new AccessToken(...given)
        } catch (error) {
          return error.name + ': ' + error.message
        }
      })
      console.log(JSON.stringify(messages))
    `
    expect(await runScript('h.cjs', script)).toEqual([
      'Error: apiKey is required',
      'Error: secret is required',
      'RangeError: ttl is a whole number of seconds from 1 to 86400; given was 0',
    ])
  })

  it('signs and verifies raw payloads under ./jws', async () => {
    const script = `
      import { signCompact, verifyCompact } from '@stagedoor/access-token/jws'
      const jws = signCompact('', 'x'.repeat(32), { alg: 'HS256' })
      const { ok, payload, header } = verifyCompact(jws, 'x'.repeat(32), { algorithms: ['HS256'] })
      console.log(JSON.stringify({ ok, length: payload.length, header }))
    `
    expect(await runScript('i.mjs', script)).toEqual({ ok: true, length: 0, header: { alg: 'HS256' } })
  })

  it('warns of a short secret once, on the standard error', async () => {
    const file = join(folder, 'j.mjs')
    await writeFile(
      file,
      `import AccessToken from '@stagedoor/access-token'
      new AccessToken('an-api-key', 'short').toJwt()
      new AccessToken('an-api-key', 'also short').toJwt()`,
    )
    const { stderr } = await run(process.execPath, [file])
    expect(stderr.match(/STAGEDOOR_SHORT_SECRET/g)).toHaveLength(1)
    expect(stderr).not.toContain('also short')
  })
})
