import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { findWeakness, MAX_SECRET_BYTES, MIN_SECRET_BYTES } from './secret-weakness.ts'

const GOOD = 'Seven foxes jump; 12 quick mules gave a plain vow'

describe('an imported secret', () => {
  it.each(Object.entries(MIN_SECRET_BYTES))('for %s needs %i bytes', (algorithm, least) => {
    const judge = (bytes: number) =>
      findWeakness(randomBytes(bytes).toString('hex').slice(0, bytes), algorithm as 'HS256')
    expect(judge(least)).toBeUndefined()
    expect(judge(least - 1)).toContain(`${least - 1} bytes`)
  })

  it('is measured in bytes of UTF-8, and has a maximum', () => {
    expect(findWeakness('äöüßÄÖÜ€çéèà÷±§²', 'HS256')).toBeUndefined()
    expect(findWeakness('äöüßÄÖÜçéèà÷±§²', 'HS256')).toContain('30 bytes')
    const longest = randomBytes(MAX_SECRET_BYTES / 2).toString('hex')
    expect(findWeakness(longest, 'HS256')).toBeUndefined()
    expect(findWeakness(`${longest}a`, 'HS256')).toContain('more than')
  })

  it('may contain any character, as ApiRTC secrets do', () => {
    expect(findWeakness(`a"b'c\\d e{f}[g]<h>&i;j:k,l.m/n?o!p@q#r$s%t^u*v(w)`, 'HS256')).toBeUndefined()
  })

  it.each([
    'a-string-secret-at-least-256-bits-long',
    'A-String-Secret-At-Least-256-Bits-Long',
    'your_super_secret_jwt_token_with_at_least_32_characters_long',
    'reallyreallyreallyreallyverysafe',
    Buffer.from('super-secret-jwt-token-with-at-least-32-characters-long').toString('base64'),
    '404E635266556A586E3272357538782F413F4428472B4B6250645367566B5970',
  ])('is refused where everybody has it: %s', (secret) => {
    expect(findWeakness(secret, 'HS256')).toContain('list of known secrets')
  })

  it.each([
    ['one sign over and over', 'a'.repeat(48)],
    ['a word over and over', 'correct-horse-battery-staple!'.repeat(3)],
    ['a word over and over, cut off', 'correct-horse-battery-staple!'.repeat(3).slice(0, 80)],
    ['few signs', '0110100110010110100101100110100110010110'],
  ])('is refused where it repeats itself: %s', (_what, secret) => {
    expect(findWeakness(secret, 'HS256')).toContain('repeats itself')
  })

  it.each([
    ['a key in PEM', '-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----'],
    ['a JWK', '{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}'],
    ['a key of SSH', 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIExampleExampleExampleExample somebody@somewhere'],
  ])('is refused where it is %s', (_what, secret) => {
    expect(findWeakness(secret, 'HS256')).toContain('a key or a certificate')
  })

  it('is refused with white space around it, or if it is not text', () => {
    expect(findWeakness(` ${GOOD}`, 'HS256')).toContain('white space')
    expect(findWeakness(`${GOOD}\n`, 'HS256')).toContain('white space')
    expect(findWeakness(`${GOOD}\ud800`, 'HS256')).toContain('not text')
    expect(findWeakness(`${GOOD}\0 and more`, 'HS256')).toContain('not text')
  })

  it('is never refused if it is random', () => {
    for (let round = 0; round < 1_000; round++) {
      expect(findWeakness(randomBytes(32).toString('hex'), 'HS256')).toBeUndefined()
      expect(findWeakness(randomBytes(32).toString('base64'), 'HS256')).toBeUndefined()
    }
  })
})
