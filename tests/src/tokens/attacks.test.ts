import { createHmac } from 'node:crypto'
import { AccessToken } from '@stagedoor/access-token'
import { signCompact } from '@stagedoor/access-token/jws'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  makeFolder,
  type RunningPlatform,
  stagedoor,
  stagedoorJson,
  startPlatform,
} from '../fixtures/platform.fixture.ts'
import { register } from '../fixtures/raw-client.fixture.ts'
import type { Made } from '../fixtures/shop.fixture.ts'

const folder = makeFolder()
let platform: RunningPlatform
let key: Made
let other: Made

beforeAll(async () => {
  key = await stagedoorJson(['key', 'create'], folder.path)
  other = await stagedoorJson(['key', 'create'], folder.path)
  platform = await startPlatform(folder.path)
})
afterAll(async () => {
  await platform.stop()
  folder.remove()
})

function claims(changes: object = {}): object {
  const now = Math.floor(Date.now() / 1000)
  const grants = { apiRTC_UserAgent_Id: 'alice' }
  return { sub: key.apiKey, aud: 'apiRTC', iat: now, exp: now + 60, jti: crypto.randomUUID(), grants, ...changes }
}

/** A token whose header and payload are written as given, signed with the right secret whatever they say. */
function sign(header: string | object, payload: string | object): string {
  const part = (value: string | object) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
  const input = `${part(header)}.${part(payload)}`
  return `${input}.${createHmac('sha256', key.secret).update(input).digest('base64url')}`
}

async function codeOf(token: string, id = 'alice'): Promise<string> {
  const { client, answer } = await register(platform.url, key.apiKey, id, token)
  client.socket.terminate()
  return answer.type === 'refused' ? answer.code : answer.type
}

const HS256 = { alg: 'HS256', typ: 'JWT' }

describe('the gate under attack', () => {
  it('lets in what the attacks begin with', async () => {
    expect(await codeOf(sign(HS256, claims()))).toBe('registered')
    expect(await codeOf(signCompact(JSON.stringify(claims()), key.secret, HS256))).toBe('registered')
  })

  it.each([
    ...['none', 'None', 'NONE', 'nOnE', ''].map((alg) => [
      `the algorithm "${alg}"`,
      () => sign({ alg, typ: 'JWT' }, claims()),
    ]),
    ['no signature', () => `${sign({ alg: 'none' }, claims()).split('.').slice(0, 2).join('.')}.`],
    [
      'another algorithm than the key has',
      () => signCompact(JSON.stringify(claims()), key.secret, { alg: 'HS512', typ: 'JWT' }),
    ],
    ['a path as "kid"', () => sign({ ...HS256, kid: '../../../dev/null' }, claims())],
    ['SQL as "kid"', () => sign({ ...HS256, kid: "' UNION SELECT 'x" }, claims())],
    ['"__proto__" as "kid"', () => sign({ ...HS256, kid: '__proto__' }, claims())],
    ['the key of another API key', () => sign({ ...HS256, kid: other.keyId }, claims())],
    [
      'the secret of another API key',
      () => new AccessToken(key.apiKey, other.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt(),
    ],
    ['an expired token that is forged', () => `${sign(HS256, claims({ exp: 2, iat: 1 })).slice(0, -8)}AAAAAAAA`],
  ] as [string, () => string][])('answers %s as it answers any bad signature', async (_what, attack) => {
    expect(await codeOf(attack())).toBe('token_invalid')
  })

  it.each([
    ['a number as "kid"', () => sign({ ...HS256, kid: 7 }, claims())],
    ['a list as "kid"', () => sign({ ...HS256, kid: [key.keyId] }, claims())],
    ...['jwk', 'jku', 'x5u', 'x5c'].map((member) => [
      `a key of its own in "${member}"`,
      () => sign({ ...HS256, [member]: 'x' }, claims()),
    ]),
    ...[[], ['exp'], 'exp', null, {}].map((crit) => [
      `"crit" as ${JSON.stringify(crit)}`,
      () => sign({ ...HS256, crit }, claims()),
    ]),
    ...['"1"', '0', '-1', '1e999', 'null', '[1]'].flatMap((value) =>
      ['exp', 'iat', 'nbf'].map((claim) => [
        `${claim} as ${value}`,
        () => sign(HS256, JSON.stringify(claims({ [claim]: 'HERE' })).replace('"HERE"', value)),
      ]),
    ),
    ['a list as "sub"', () => sign(HS256, claims({ sub: [key.apiKey] }))],
    ['a list as "jti"', () => sign(HS256, claims({ jti: ['x'] }))],
    ['a claim twice', () => sign(HS256, `${JSON.stringify(claims()).slice(0, -1)},"sub":"${key.apiKey}"}`)],
    ['a claim twice, once in disguise', () => sign(HS256, `${JSON.stringify(claims()).slice(0, -1)},"s\\u0075b":"x"}`)],
    ['deep JSON', () => sign(HS256, claims({ deep: JSON.parse('['.repeat(500) + ']'.repeat(500)) }))],
    ['five parts', () => `${sign(HS256, claims())}.a.b`],
    ['a great many dots', () => '.'.repeat(8_000)],
  ] as [string, () => string][])('answers %s as what cannot be read', async (_what, attack) => {
    expect(await codeOf(attack())).toBe('token_malformed')
  })

  it('answers what is too long by its length', async () => {
    expect(await codeOf(sign({ ...HS256, kid: 'k'.repeat(10_000) }, claims()))).toBe('token_too_large')
    expect(await codeOf('.'.repeat(12_000))).toBe('token_too_large')
  })

  it('takes no part of an audience for the whole', async () => {
    for (const aud of ['apiRT', 'apiRTC2', 'xapiRTC', ['apiRT', 'C'], []]) {
      expect([aud, await codeOf(sign(HS256, claims({ aud })))]).toEqual([aud, 'audience_mismatch'])
    }
  })

  it('withstands a flood of unknown keys, and admits users meanwhile', async () => {
    const flood = Array.from({ length: 500 }, (_none, at) => codeOf(sign({ ...HS256, kid: `key ${at}` }, claims())))
    const [guest] = await Promise.all([codeOf(sign(HS256, claims())), ...flood])
    expect(guest).toBe('registered')
    expect(new Set(await Promise.all(flood))).toEqual(new Set(['token_invalid']))
  })

  it('admits a single-use token that comes fifty ways at once exactly once', async () => {
    await stagedoor(['policy', 'set', other.apiKey, '--single-use', '--data', folder.path])
    await new Promise((wait) => setTimeout(wait, 500))
    const token = new AccessToken(other.apiKey, other.secret, { apiRTC_UserAgent_Id: 'alice' }).toJwt()
    const attempts = Array.from({ length: 50 }, () => register(platform.url, other.apiKey, 'alice', token))
    const answers = (await Promise.all(attempts)).map(({ client, answer }) => {
      client.socket.terminate()
      return answer.type === 'refused' ? answer.code : answer.type
    })
    expect(answers.filter((answer) => answer === 'registered')).toHaveLength(1)
    expect(answers.filter((answer) => answer === 'token_already_used')).toHaveLength(49)
  })

  it('has written no token, and no secret, into its log', async () => {
    // What is logged is read a moment after it is answered.
    await expect.poll(() => platform.output()).toContain('signature_invalid')
    for (const { secret } of [key, other]) {
      const forms = [secret, Buffer.from(secret).toString('base64'), Buffer.from(secret).toString('hex')]
      for (const form of forms) expect(platform.output()).not.toContain(form)
    }
    expect(platform.output()).not.toContain('eyJ')
  })
})
