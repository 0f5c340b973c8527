import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Algorithm } from './algorithms.ts'
import { encodeBase64Url } from './base64url.ts'
import type { JwsHeader } from './header.ts'
import type { KeyInput } from './key.ts'
import { EDDSA_KEY, ES256_KEY, HS256_KEY, RS256_KEY } from './rfc-examples.fixture.ts'
import { signCompact } from './sign-compact.ts'
import { verifyCompact } from './verify-compact.ts'

const SECRET = 'a secret for tests, which everyone may read'
const HS256 = { algorithms: ['HS256'] } as const
const KEYS = [
  ['HS256', SECRET],
  ['HS384', SECRET],
  ['HS512', Buffer.from(SECRET)],
  ['HS256', HS256_KEY],
  ['RS256', RS256_KEY],
  ['ES256', ES256_KEY],
  ['EdDSA', EDDSA_KEY],
] as const satisfies (readonly [Algorithm, KeyInput])[]

describe('a signed payload verifies', () => {
  it.each(KEYS)('with %s, for any bytes including none', (alg, key) => {
    const payloads = [
      '',
      '\0',
      'text',
      '{"json":true}',
      '\u{1F600}\r\n',
      Uint8Array.from([0xff, 0, 0xc3]),
      new Uint8Array(),
    ]
    for (const payload of payloads) {
      const verification = verifyCompact(signCompact(payload, key, { alg, kid: 'k1' }), key, { algorithms: [alg] })
      expect(verification).toMatchObject({ ok: true, header: { alg, kid: 'k1' } })
      expect(verification.ok && Buffer.compare(verification.payload, Buffer.from(payload))).toBe(0)
    }
  })

  it('has three parts, the middle one empty for an empty payload', () => {
    expect(signCompact('', SECRET, { alg: 'HS256' })).toMatch(/^eyJhbGciOiJIUzI1NiJ9\.\.[\w-]{43}$/)
  })

  it('for any bytes and any names in the header', () => {
    const names = fc.string().filter((name) => !['alg', 'crit', 'b64', '__proto__'].includes(name))
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.dictionary(names, fc.jsonValue({ maxDepth: 3 }), { noNullPrototype: true }),
        (payload, members) => {
          const header = { ...members, alg: 'HS256' } as JwsHeader
          const verification = verifyCompact(signCompact(payload, SECRET, header), SECRET, HS256)
          expect(verification).toMatchObject({ ok: true })
          expect(verification.ok && JSON.stringify(verification.header)).toBe(JSON.stringify(header))
          expect(verification.ok && Buffer.compare(verification.payload, payload)).toBe(0)
        },
      ),
      { numRuns: 200 },
    )
  })
})

describe('signing refuses', () => {
  it.each(['none', 'PS256', 'hs256', '', undefined, null, 256, ['HS256']])('the algorithm %j', (alg) => {
    expect(() => signCompact('', SECRET, { alg } as unknown as JwsHeader)).toThrow('is not supported')
  })

  it('an extension in the header', () => {
    expect(() => signCompact('', SECRET, { alg: 'HS256', crit: ['exp'] })).toThrow(TypeError)
    expect(() => signCompact('', SECRET, { alg: 'HS256', b64: false })).toThrow(TypeError)
  })

  it('a key that does not fit', () => {
    expect(() => signCompact('', RS256_KEY, { alg: 'HS256' })).toThrow('The key is for RS256')
    expect(() => signCompact('', '', { alg: 'HS256' })).toThrow('The secret is empty')
    expect(() => signCompact('', { ...HS256_KEY, alg: 'HS512' }, { alg: 'HS256' })).toThrow('for another algorithm')
  })
})

describe('verifying refuses', () => {
  const jws = signCompact('payload', SECRET, { alg: 'HS256' })
  const [header, payload, signature] = jws.split('.') as [string, string, string]

  it.each([
    ['nothing', undefined],
    ['a number', 7],
    ['bytes', Buffer.from(jws)],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${jws}.`],
    ['five parts', `${header}....`],
    ['ten million dots', '.'.repeat(10_000_000)],
    ['padding in the header', `${header}=.${payload}.${signature}`],
    ['padding in the payload', `${header}.${payload}=.${signature}`],
    ['padding in the signature', `${header}.${payload}.${signature}=`],
    ['white space in the signature', `${header}.${payload}.${signature}\n`],
    ['stray bits in the signature', jws.slice(0, -1) + String.fromCharCode(jws.charCodeAt(jws.length - 1) + 1)],
    ['no header', `.${payload}.${signature}`],
    ['a header that is an array', `${encodeBase64Url('[]')}.${payload}.${signature}`],
    ['crit', `${encodeBase64Url('{"alg":"HS256","crit":["exp"]}')}.${payload}.${signature}`],
    ['b64', `${encodeBase64Url('{"alg":"HS256","b64":false}')}.${payload}.${signature}`],
    ['alg twice', `${encodeBase64Url('{"alg":"HS256","alg":"HS256"}')}.${payload}.${signature}`],
    [
      'a header of megabytes',
      `${encodeBase64Url(`{"alg":"HS256","x":"${':"'.repeat(2_000_000)}"}`)}.${payload}.${signature}`,
    ],
    [
      'a header of many colons in strings',
      `${encodeBase64Url(`{"alg":"HS256","x":"${':'.repeat(9_000_000)}"}`)}.${payload}.${signature}`,
    ],
  ])('%s as malformed', (_what, candidate) => {
    expect(verifyCompact(candidate, SECRET, HS256)).toMatchObject({ ok: false, code: 'token_malformed' })
  })

  it('a header longer than 8,192 characters, but not a shorter one', () => {
    const sign = (length: number) => signCompact('', SECRET, { alg: 'HS256', x: 'x'.repeat(length) })
    expect(verifyCompact(sign(6_100), SECRET, HS256)).toMatchObject({ ok: true })
    expect(verifyCompact(sign(6_200), SECRET, HS256)).toMatchObject({ code: 'token_malformed' })
  })

  it('an algorithm that is not the one of the key', () => {
    for (const [alg, key] of KEYS) {
      const candidate = signCompact('', alg === 'HS256' ? RS256_KEY : SECRET, {
        alg: alg === 'HS256' ? 'RS256' : 'HS256',
      })
      expect(verifyCompact(candidate, key, { algorithms: [alg] })).toMatchObject({ code: 'algorithm_refused' })
    }
  })

  it('an algorithm that fits the key but that the caller did not allow', () => {
    const candidate = signCompact('', RS256_KEY, { alg: 'RS256' })
    expect(verifyCompact(candidate, RS256_KEY, { algorithms: ['ES256'] })).toMatchObject({ code: 'key_refused' })
  })

  it('a weak key, with a result instead of an exception', () => {
    const { publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 })
    for (const key of [publicKey, '', '-----BEGIN PUBLIC KEY-----', null as unknown as string]) {
      expect(verifyCompact(jws, key, HS256)).toMatchObject({ ok: false, code: 'key_refused' })
    }
  })

  it('a signature over anything else', () => {
    const other = signCompact('payloae', SECRET, { alg: 'HS256' }).split('.')
    expect(verifyCompact(`${header}.${other[1]}.${signature}`, SECRET, HS256)).toMatchObject({
      code: 'signature_invalid',
    })
    expect(verifyCompact(`${header}.${payload}.${other[2]}`, SECRET, HS256)).toMatchObject({
      code: 'signature_invalid',
    })
    expect(verifyCompact(`${header}.${payload}.`, SECRET, HS256)).toMatchObject({ code: 'signature_invalid' })
    expect(verifyCompact(jws, `${SECRET}!`, HS256)).toMatchObject({ code: 'signature_invalid' })
  })

  it('any other input, without an exception', () => {
    fc.assert(
      fc.property(fc.anything(), (candidate) => {
        expect(verifyCompact(candidate, SECRET, HS256).ok).toBe(false)
      }),
    )
  })
})
