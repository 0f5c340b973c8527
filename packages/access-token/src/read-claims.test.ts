import { describe, expect, it } from 'vitest'
import { CLAIMS, craftToken, NOW, verifierWith, verifyClaims } from './craft-token.fixture.ts'
import { MAX_JSON_DEPTH } from './jws/json.ts'

const verify = verifierWith()

function answerToText(payload: string | Uint8Array) {
  return verify(craftToken(payload), { now: NOW })
}

// The claims as text with one member replaced, so that tests can write what JSON.stringify would not.
function withMember(name: string, text: string): string {
  return `${JSON.stringify({ ...CLAIMS, [name]: undefined }).slice(0, -1)},${JSON.stringify(name)}:${text}}`
}

const malformed = { ok: false, code: 'token_malformed', check: 'claims', authentic: true }

describe('a claim of the wrong type is refused, never treated as absent', () => {
  const noDate = [
    '"1800000000"',
    '0',
    '-1',
    '-0',
    '1e999',
    '-1e999',
    '9e15',
    'null',
    'true',
    '[]',
    '[1800003540]',
    '{}',
  ]
  const noName = [
    '7',
    'null',
    'true',
    '""',
    '[]',
    '["an-api-key"]',
    '{}',
    JSON.stringify('x'.repeat(257)),
    '"\\ud800"',
    '"a\\udfff"',
  ]
  const noAudience = [
    '7',
    'null',
    'true',
    '{}',
    '["apiRTC",7]',
    '["apiRTC",null]',
    '["apiRTC",["apiRTC"]]',
    '{"0":"apiRTC"}',
  ]
  const noGrants = ['7', 'null', 'true', '"alice"', '[]', '[{"apiRTC_UserAgent_Id":"alice"}]']

  it.each([
    ...noDate.flatMap((text) => ['iat', 'exp', 'nbf'].map((claim) => [claim, text] as const)),
    ...noName.flatMap((text) => ['sub', 'jti'].map((claim) => [claim, text] as const)),
    ...noAudience.map((text) => ['aud', text] as const),
    ...noGrants.map((text) => ['grants', text] as const),
  ])('%s: %s', (claim, text) => {
    expect(answerToText(withMember(claim, text))).toMatchObject({ ...malformed, claim })
  })

  it.each(noName)('grants.apiRTC_UserAgent_Id: %s', (text) => {
    expect(answerToText(withMember('grants', `{"apiRTC_UserAgent_Id":${text}}`))).toMatchObject({
      ...malformed,
      claim: 'grants.apiRTC_UserAgent_Id',
    })
  })

  it.each(['sub', 'aud', 'iat', 'exp', 'jti', 'grants'])('%s is required', (claim) => {
    expect(verifyClaims({ ...CLAIMS, [claim]: undefined })).toMatchObject({
      ...malformed,
      claim,
      message: `"${claim}" is missing`,
    })
  })

  it.each([0, -1, -60])('exp must be after iat, not %i seconds later', (life) => {
    expect(verifyClaims({ ...CLAIMS, exp: CLAIMS.iat + life })).toMatchObject({ ...malformed, claim: 'exp' })
  })

  it('names and lists at the limits are accepted', () => {
    const name = 'x'.repeat(256)
    const claims = {
      ...CLAIMS,
      sub: name,
      jti: name,
      aud: ['elsewhere', 'apiRTC'],
      grants: { apiRTC_UserAgent_Id: '\u{1F600}' },
    }
    expect(verifyClaims(claims)).toMatchObject({ ok: true, claims })
    expect(verifyClaims({ ...CLAIMS, iat: NOW - 0.5, exp: NOW + 0.25 })).toMatchObject({ ok: true })
  })
})

describe('grants.conversations', () => {
  const grant = { name: 'room', role: 'guest', publish: ['audio'], subscribe: true }

  it.each([
    ['an object', {}, 'grants.conversations'],
    ['null', null, 'grants.conversations'],
    ['a name', 'room', 'grants.conversations'],
    ['a list of names', ['room'], 'grants.conversations[0]'],
    ['a list with null', [grant, null], 'grants.conversations[1]'],
    ['a list of lists', [[grant]], 'grants.conversations[0]'],
    ['no name', [{ ...grant, name: undefined }], 'grants.conversations[0].name'],
    ['an empty name', [{ ...grant, name: '' }], 'grants.conversations[0].name'],
    ['an unknown role', [{ ...grant, role: 'admin' }], 'grants.conversations[0].role'],
    ['a role of every object', [{ ...grant, role: 'constructor' }], 'grants.conversations[0].role'],
    ['a list of roles', [{ ...grant, role: ['guest'] }], 'grants.conversations[0].role'],
    ['no role', [{ ...grant, role: undefined }], 'grants.conversations[0].role'],
    ['something else to publish', [{ ...grant, publish: ['audio', 'smell'] }], 'grants.conversations[0].publish'],
    ['true to publish', [{ ...grant, publish: true }], 'grants.conversations[0].publish'],
    ['nothing said of publishing', [{ ...grant, publish: undefined }], 'grants.conversations[0].publish'],
    ['"false" for subscribe', [{ ...grant, subscribe: 'false' }], 'grants.conversations[0].subscribe'],
    ['nothing said of subscribing', [{ ...grant, subscribe: undefined }], 'grants.conversations[0].subscribe'],
  ])('are refused with %s', (_what, conversations, claim) => {
    const grants = { apiRTC_UserAgent_Id: 'alice', conversations }
    expect(verifyClaims({ ...CLAIMS, grants })).toMatchObject({ ...malformed, claim })
  })

  it('are returned unchanged, including the empty list', () => {
    for (const conversations of [[], [grant], [{ ...grant, name: 'room-*', publish: [], subscribe: false }]]) {
      const claims = { ...CLAIMS, grants: { apiRTC_UserAgent_Id: 'alice', conversations } }
      expect(verifyClaims(claims)).toMatchObject({ ok: true, claims })
    }
  })
})

describe('an empty list instead of an object, as PHP encodes an empty array', () => {
  it.each([
    ['grants', '[]'],
    ['grants.userData', '{"apiRTC_UserAgent_Id":"alice","userData":[]}'],
    ['grants.conversations[0]', '{"apiRTC_UserAgent_Id":"alice","conversations":[[]]}'],
  ])('is refused, and what to write is said: %s', (claim, grants) => {
    expect(answerToText(withMember('grants', grants))).toMatchObject({
      ...malformed,
      claim,
      message: `"${claim}" is an empty list, not an object: write {}, in PHP new stdClass`,
    })
  })

  it('is reported for no other list', () => {
    expect(answerToText(withMember('grants', '[1]'))).toMatchObject({ message: '"grants" is not an object' })
  })
})

describe('grants.userData', () => {
  it.each([
    ['a string', '"Alice"'],
    ['null', 'null'],
    ['a list', '[]'],
    ['too much', JSON.stringify({ a: 'x'.repeat(4_089) })],
  ])('is refused where it is %s', (_what, text) => {
    const grants = `{"apiRTC_UserAgent_Id":"alice","userData":${text}}`
    expect(answerToText(withMember('grants', grants))).toMatchObject({ ...malformed, claim: 'grants.userData' })
  })

  it('may be 4,096 bytes and contain any text', () => {
    for (const userData of [{ a: 'x'.repeat(4_088) }, { displayName: 'Zoë :{}"\\ \u{1F600}' }, {}]) {
      expect(verifyClaims({ ...CLAIMS, grants: { apiRTC_UserAgent_Id: 'alice', userData } })).toMatchObject({
        ok: true,
      })
    }
  })
})

describe('the payload', () => {
  const text = JSON.stringify(CLAIMS)

  it.each([
    ['empty', ''],
    ['an empty object', '{}'],
    ['an array', `[${text}]`],
    ['a string', JSON.stringify(text)],
    ['null', 'null'],
    ['two objects', text + text],
    ['an object and a NUL', `${text}\0`],
    ['no JSON', text.replace('{', '')],
    ['JSON with a comment', `${text}//`],
    ['JSON with NaN', withMember('exp', 'NaN')],
    ['JSON in hexadecimal', withMember('exp', '0x7FFFFFFF')],
    ['JSON behind a byte-order mark', `\uFEFF${text}`],
  ])('is refused where it is %s', (_what, payload) => {
    expect(answerToText(payload)).toMatchObject(malformed)
  })

  it.each([
    ['invalid', [0xff]],
    ['cut short', [0xe2, 0x82]],
    ['overlong', [0xc0, 0xaf]],
    ['a surrogate', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
  ])('is refused where its UTF-8 is %s', (_what, bytes) => {
    const [before, after] = withMember('x', '"?"').split('?') as [string, string]
    const payload = Buffer.concat([Buffer.from(before), Buffer.from(bytes), Buffer.from(after)])
    expect(answerToText(payload)).toMatchObject({ ...malformed, message: 'The payload is not valid UTF-8' })
  })

  it.each([
    ['at the top', `{"exp":${NOW - 1},${text.slice(1)}`],
    ['at the top, with the same value', `{"aud":"apiRTC",${text.slice(1)}`],
    ['in escapes', `{"\\u0065xp":${NOW - 1},${text.slice(1)}`],
    ['with no value that matters', `{"x":{},"x":{},${text.slice(1)}`],
    ['in the grants', withMember('grants', '{"apiRTC_UserAgent_Id":"alice","apiRTC_UserAgent_Id":"mallory"}')],
    [
      'in the grants, in escapes',
      withMember('grants', '{"apiRTC_UserAgent_Id":"alice","apiRTC_UserAgent_\\u0049d":"mallory"}'),
    ],
    ['in a list', withMember('x', '[[{"a":1,"a":2}]]')],
    ['deep inside', withMember('x', '{"a":{"b":{"c":[1,{"d":1,"d":1}]}}}')],
    ['behind colons in strings', withMember('x', '{"a:::":":::","a:::":":"}')],
    ['behind quotes in strings', withMember('x', '{"a\\"":"\\\\","a\\"":"\\\\\\":"}')],
    ['as __proto__', withMember('x', '{"__proto__":1,"__proto__":2}')],
    ['with an empty name', withMember('x', '{"":1,"":2}')],
    ['as numbers', withMember('x', '{"0":1,"0":2}')],
    ['twice the whole object', withMember('x', '1').replace('"x":1', text.slice(1, -1))],
  ])('is refused with a duplicate member: %s', (_where, payload) => {
    expect(answerToText(payload)).toMatchObject({ ...malformed, message: 'The payload has a duplicate member name' })
  })

  it.each([
    ['colons in names and values', '{"a:":":::","b":[":","{\\":\\":1}"]}'],
    ['names that differ by case', '{"a":1,"A":2}'],
    ['names that differ in Unicode form only', '{"\\u00e9":1,"e\\u0301":2}'],
    ['one name at two levels', '{"a":{"a":{"a":1}}}'],
    ['quotes, backslashes and white space', ' { "a\\"\\\\" : "\\\\" , "b" : "\\":\\"" } '],
  ])('may have %s', (_what, x) => {
    expect(answerToText(withMember('x', x))).toMatchObject({ ok: true })
  })

  it('treats __proto__ and similar names as plain data', () => {
    const fake = '{"apiRTC_UserAgent_Id":"mallory"}'
    expect(answerToText(withMember('grants', `{"__proto__":${fake}}`))).toMatchObject({ code: 'user_id_mismatch' })
    expect(answerToText(withMember('__proto__', `{"nbf":${NOW + 999},"admin":true}`))).toMatchObject({ ok: true })
    const withoutSub = JSON.stringify({ ...CLAIMS, sub: undefined })
    const inherited = `${withoutSub.slice(0, -1)},"__proto__":{"sub":"an-api-key"}}`
    expect(answerToText(inherited)).toMatchObject({ ...malformed, claim: 'sub' })
    expect(answerToText(withMember('constructor', '{"prototype":{"admin":true}}'))).toMatchObject({ ok: true })
    expect(({} as { admin?: boolean }).admin).toBeUndefined()
  })

  it(`may be ${MAX_JSON_DEPTH} levels deep and no deeper`, () => {
    const levels = (count: number, open: string, close: string) => open.repeat(count) + close.repeat(count)
    const tooDeep = `The payload is nested deeper than ${MAX_JSON_DEPTH} levels`
    for (const [open, close] of [
      ['[', ']'],
      ['{"a":[', ']}'],
    ] as const) {
      const inner = (MAX_JSON_DEPTH - 1) / (open.length > 1 ? 2 : 1)
      expect(answerToText(withMember('x', levels(Math.floor(inner), open, close)))).toMatchObject({ ok: true })
      expect(answerToText(withMember('x', levels(Math.floor(inner) + 1, open, close)))).toMatchObject({
        ...malformed,
        message: tooDeep,
      })
    }
    expect(answerToText(withMember('x', levels(2_500, '[', ']')))).toMatchObject({ ...malformed, message: tooDeep })
  })
})
