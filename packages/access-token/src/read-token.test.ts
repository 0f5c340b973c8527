import { describe, expect, it } from 'vitest'
import { CLAIMS, craftToken, HEADER, NOW, signParts, verifierWith } from './craft-token.fixture.ts'
import { encodeBase64Url } from './jws/base64url.ts'

const verify = verifierWith()
const token = craftToken(CLAIMS)
const [header, payload, signature] = token.split('.') as [string, string, string]

function answerTo(candidate: unknown) {
  return verify(candidate, { now: NOW })
}

describe('input that is not a token', () => {
  it('is distinguished from a valid token', () => {
    expect(answerTo(token)).toMatchObject({ ok: true, claims: CLAIMS })
  })

  it.each([undefined, null, ''])('is missing: %j', (candidate) => {
    expect(answerTo(candidate)).toMatchObject({ code: 'token_missing', check: 'present', authentic: false })
  })

  it.each([
    ['a number', 7],
    ['a boolean', true],
    ['an array', [token]],
    ['an object', { token }],
    ['bytes', Buffer.from(token)],
    ['a String object', new String(token)],
    ['an object that claims to be a string', { toString: () => token, length: 7, indexOf: () => 1 }],
    ['a symbol', Symbol('token')],
    ['a function', () => token],
  ])('is malformed: %s', (_what, candidate) => {
    expect(answerTo(candidate)).toMatchObject({ code: 'token_malformed', check: 'form' })
  })
})

describe('the size of a token', () => {
  const bare = { ...CLAIMS, jti: '' }
  const claimsOfTokenLength = (length: number) => {
    const filler = Math.floor(((length - craftToken({ ...bare, x: '' }).length) * 3) / 4)
    return [filler - 2, filler - 1, filler, filler + 1, filler + 2]
      .map((count) => craftToken({ ...CLAIMS, jti: 'j', x: 'x'.repeat(count - 1) }))
      .find((candidate) => candidate.length === length)
  }

  it('may be 8,192 characters', () => {
    const longest = claimsOfTokenLength(8_192)
    expect(longest).toHaveLength(8_192)
    expect(answerTo(longest)).toMatchObject({ ok: true })
  })

  it('may not be 8,193 characters, and is checked before anything else', () => {
    const tooLong = `${claimsOfTokenLength(8_192)}A`
    expect(answerTo(tooLong)).toMatchObject({ code: 'token_too_large', check: 'size' })
    expect(answerTo('.'.repeat(8_193))).toMatchObject({ code: 'token_too_large', check: 'size' })
  })

  it.each([
    ['dots', '.'.repeat(10_000_000)],
    ['letters', 'A'.repeat(10_000_000)],
    ['a million parts', 'a.'.repeat(5_000_000)],
  ])('is answered at once where it is 10 MB of %s', (_what, candidate) => {
    const began = performance.now()
    expect(answerTo(candidate)).toMatchObject({ code: 'token_too_large' })
    expect(performance.now() - began).toBeLessThan(200)
  })
})

describe('the form of a token', () => {
  it.each([
    ['no dot', header],
    ['one dot', `${header}.${payload}`],
    ['three dots', `${token}.`],
    ['a dot in front', `.${token}`],
    ['five parts, as a JWE has', `${header}..${payload}.${signature}.${signature}`],
    ['the JSON serialization', JSON.stringify({ protected: header, payload, signature })],
    ['8,192 dots', '.'.repeat(8_192)],
  ])('is three parts, not %s', (_what, candidate) => {
    expect(answerTo(candidate)).toMatchObject({
      code: 'token_malformed',
      check: 'form',
      message: 'A token has exactly three parts with a dot between them',
    })
  })

  const spoilt: [string, (part: string) => string][] = [
    ['padding', (part) => `${part}=`],
    ['full padding', (part) => part + '='.repeat((4 - (part.length % 4)) % 4 || 4)],
    ['a space within', (part) => `${part.slice(0, 4)} ${part.slice(4)}`],
    ['a line feed at its end', (part) => `${part}\n`],
    ['a tab in front', (part) => `\t${part}`],
    ['a plus sign', (part) => `+${part.slice(1)}`],
    ['a slash', (part) => `/${part.slice(1)}`],
    ['a NUL', (part) => `${part}\0`],
    ['a byte-order mark in front', (part) => `\uFEFF${part}`],
    ['a letter that Node folds into the alphabet', (part) => `\u0141${part.slice(1)}`],
    ['half a surrogate pair', (part) => `${part}\ud800`],
    ['a percent sign', (part) => `${part}%3D`],
  ]

  it.each(spoilt)('is refused with %s in the payload, even if that was signed', (_what, spoil) => {
    expect(answerTo(signParts(header, spoil(payload)))).toMatchObject({ code: 'token_malformed', check: 'form' })
  })

  it.each(spoilt)('is refused with %s in the header, even if that was signed', (_what, spoil) => {
    expect(answerTo(signParts(spoil(header), payload))).toMatchObject({ code: 'token_malformed' })
  })

  it.each(spoilt)('is refused with %s in the signature, as malformed', (_what, spoil) => {
    const candidate = `${header}.${payload}.${spoil(signature)}`
    expect(answerTo(candidate)).toMatchObject({ code: 'token_malformed', check: 'form', authentic: false })
  })

  it('is refused with stray bits in the last character of any part', () => {
    const spare = (part: string) => part.slice(0, -1) + String.fromCharCode(part.charCodeAt(part.length - 1) + 1)
    expect(Buffer.from(spare(signature), 'base64url')).toEqual(Buffer.from(signature, 'base64url'))
    const form = { code: 'token_malformed', check: 'form' }
    expect(answerTo(`${header}.${payload}.${spare(signature)}`)).toMatchObject(form)
    const [even] = ['{"a":1}', '{"a":11}', '{"a":111}'].map(encodeBase64Url).filter((text) => text.length % 4 !== 0)
    expect(answerTo(signParts(header, spare(String(even))))).toMatchObject(form)
  })

  it('is checked before the header: a badly encoded signature is malformed whatever the header says', () => {
    const [none] = craftToken(CLAIMS, { alg: 'none' }).split('.')
    expect(answerTo(`${none}.${payload}.${signature}=`)).toMatchObject({ check: 'form' })
    const [embedded] = craftToken(CLAIMS, { ...HEADER, jku: 'https://example.com' }).split('.')
    expect(answerTo(`${embedded}.${payload}.${signature}=`)).toMatchObject({ check: 'form' })
  })

  it('is valid for empty signatures and signatures of another length, which then fail the signature check', () => {
    for (const length of [0, 31, 33, 63, 64, 65]) {
      const candidate = `${header}.${payload}.${encodeBase64Url(Buffer.alloc(length, 7))}`
      expect(answerTo(candidate)).toMatchObject({ code: 'signature_invalid', check: 'signature' })
    }
  })
})

describe('the header of a token', () => {
  it.each([
    ['no alg', '{"typ":"JWT"}'],
    ['alg as a number', '{"alg":256}'],
    ['alg as an array', '{"alg":["HS256"]}'],
    ['alg as null', '{"alg":null}'],
    ['an array', '["HS256"]'],
    ['a string', '"HS256"'],
    ['null', 'null'],
    ['a number', '7'],
    ['nothing', ''],
    ['no JSON', '{alg:HS256}'],
    ['a comma too many', '{"alg":"HS256",}'],
    ['text after the object', '{"alg":"HS256"}{}'],
    ['a byte-order mark', '\uFEFF{"alg":"HS256"}'],
    ['alg twice', '{"alg":"HS256","alg":"HS256"}'],
    ['alg twice, once in escapes', '{"alg":"HS256","\\u0061lg":"none"}'],
    ['alg as the prototype of the header', '{"__proto__":{"alg":"HS256"}}'],
    ['typ in lower case', '{"alg":"HS256","typ":"jwt"}'],
    ['typ of an access token of OAuth', '{"alg":"HS256","typ":"at+jwt"}'],
    ['typ with its media type', '{"alg":"HS256","typ":"application/jwt"}'],
    ['typ as null', '{"alg":"HS256","typ":null}'],
    ['typ as an array', '{"alg":"HS256","typ":["JWT"]}'],
    ['typ empty', '{"alg":"HS256","typ":""}'],
    ['a jwk', '{"alg":"HS256","jwk":{"kty":"oct","k":"AAAA"}}'],
    ['a jwk that is null', '{"alg":"HS256","jwk":null}'],
    ['a jku', '{"alg":"HS256","jku":"https://example.com/keys"}'],
    ['an x5u', '{"alg":"HS256","x5u":"https://example.com/cert"}'],
    ['an x5c', '{"alg":"HS256","x5c":["MIIB"]}'],
    ['crit with what is understood by nobody', '{"alg":"HS256","crit":["exp"],"exp":1}'],
    ['crit empty', '{"alg":"HS256","crit":[]}'],
    ['crit as null', '{"alg":"HS256","crit":null}'],
    ['crit as a string', '{"alg":"HS256","crit":"alg"}'],
    ['crit as an object', '{"alg":"HS256","crit":{}}'],
    ['crit as false', '{"alg":"HS256","crit":false}'],
    ['crit in escapes', '{"alg":"HS256","\\u0063rit":["b64"]}'],
    ['b64 false', '{"alg":"HS256","b64":false,"crit":["b64"]}'],
    ['b64 true', '{"alg":"HS256","b64":true}'],
    ['kid as a number', '{"alg":"HS256","kid":0}'],
    ['kid as an array', '{"alg":"HS256","kid":["k1"]}'],
    ['kid as an object', '{"alg":"HS256","kid":{}}'],
    ['kid as null', '{"alg":"HS256","kid":null}'],
  ])('is refused, though signed, with %s', (_what, text) => {
    expect(answerTo(craftToken(CLAIMS, text))).toMatchObject({ code: 'token_malformed', check: 'header' })
  })

  it('is refused if it is not valid UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('{"alg":"HS256","x":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])
    expect(answerTo(craftToken(CLAIMS, bytes))).toMatchObject({ code: 'token_malformed', check: 'header' })
  })

  it('may omit typ, and may have unknown members', () => {
    expect(answerTo(craftToken(CLAIMS, '{"alg":"HS256"}'))).toMatchObject({ ok: true })
    expect(answerTo(craftToken(CLAIMS, '{"alg":"HS256","cty":"x","constructor":1}'))).toMatchObject({ ok: true })
  })

  it('is checked again for each token, however often it was seen', () => {
    const twice = verifierWith()
    expect(twice(token, { now: NOW })).toMatchObject({ ok: true })
    expect(
      twice(`${header}.${payload}.${signature.replace(/^./, (c) => (c === 'A' ? 'B' : 'A'))}`, { now: NOW }),
    ).toMatchObject({
      code: 'signature_invalid',
    })
    expect(twice(craftToken(CLAIMS, '{"alg":"none"}'), { now: NOW })).toMatchObject({ code: 'algorithm_refused' })
    expect(twice(craftToken(CLAIMS, '{"alg":"none"}'), { now: NOW })).toMatchObject({ code: 'algorithm_refused' })
  })

  it('may have more variants than a verifier remembers', () => {
    const many = verifierWith()
    for (let at = 0; at < 200; at++) {
      expect(many(craftToken(CLAIMS, { ...HEADER, at }), { now: NOW })).toMatchObject({ ok: true })
    }
  })
})
