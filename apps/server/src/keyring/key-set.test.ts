import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  KEY_SET_COOLDOWN_SECONDS,
  KEY_SET_FRESH_SECONDS,
  KEY_SET_STALE_SECONDS,
  KeySet,
  MAX_KEYS_OF_SET,
} from './key-set.ts'

const PAIR = generateKeyPairSync('ed25519')
const NOW = 1_000_000

function jwkOf(kid: string | undefined, rest: object = {}, key: KeyObject = PAIR.publicKey): unknown {
  return { ...key.export({ format: 'jwk' }), kid, ...rest }
}

/** A key set whose URL returns the given responses and counts the requests. */
function publish(...first: unknown[]) {
  let answer: readonly unknown[] | undefined = first
  let fetches = 0
  const keySet = new KeySet(async () => {
    fetches++
    return answer
  })
  return {
    keySet,
    fetches: () => fetches,
    publish(...keys: unknown[]) {
      answer = keys
    },
    goDown() {
      answer = undefined
    },
    names: (now: number) => keySet.keysAt(now).map(({ keyId }) => keyId),
  }
}

describe('a set of published keys', () => {
  it('is fetched when the first token arrives, which waits for it', async () => {
    const { keySet, names, fetches } = publish(jwkOf('one'))
    expect(names(NOW)).toEqual([])
    await keySet.provide('one', NOW)
    expect(names(NOW)).toEqual(['one'])
    expect(keySet.provide('one', NOW)).toBeUndefined()
    expect(fetches()).toBe(1)
  })

  it('says when it could not be fetched, until it is fetched again', async () => {
    const { keySet, goDown, publish: publishNow } = publish(jwkOf('one'))
    expect(keySet.hasFailed).toBe(false)
    goDown()
    await keySet.provide('one', NOW)
    expect(keySet.hasFailed).toBe(true)
    publishNow(jwkOf('one'))
    await keySet.provide('one', NOW + KEY_SET_COOLDOWN_SECONDS)
    expect(keySet.hasFailed).toBe(false)
  })

  it('is fetched again for an unknown key id, at most once per interval', async () => {
    const { keySet, names, fetches, publish: publishNow } = publish(jwkOf('one'))
    await keySet.provide('one', NOW)
    publishNow(jwkOf('one'), jwkOf('two'))
    for (let at = 0; at < 1_000; at++) expect(keySet.provide(`unknown ${at}`, NOW + 1)).toBeUndefined()
    expect(fetches()).toBe(1)
    await Promise.all([1, 2, 3].map(() => keySet.provide('two', NOW + KEY_SET_COOLDOWN_SECONDS)))
    expect(names(NOW + KEY_SET_COOLDOWN_SECONDS)).toEqual(['one', 'two'])
    expect(fetches()).toBe(2)
  })

  it('stays in use during periodic refreshes, and drops keys that are no longer published', async () => {
    const { keySet, names, publish: publishNow } = publish(jwkOf('one'))
    await keySet.provide('one', NOW)
    publishNow(jwkOf('two'))
    const later = NOW + KEY_SET_FRESH_SECONDS
    expect(keySet.provide('one', later - 1)).toBeUndefined()
    expect(keySet.provide('one', later)).toBeUndefined()
    expect(names(later)).toEqual(['one'])
    await new Promise((done) => setImmediate(done))
    expect(names(later)).toEqual(['two'])
  })

  it('stays in use for a day if it cannot be fetched any more', async () => {
    const { keySet, names, goDown } = publish(jwkOf('one'))
    await keySet.provide('one', NOW)
    goDown()
    const end = NOW + KEY_SET_STALE_SECONDS
    await keySet.provide('two', end - 1)
    expect(names(end - 1)).toEqual(['one'])
    expect(keySet.isMissing(end - 1)).toBe(false)
    expect(names(end)).toEqual([])
    expect(keySet.isMissing(end)).toBe(true)
  })

  it('ignores members that are not public signature keys or have no key id', async () => {
    const weak = generateKeyPairSync('rsa', { modulusLength: 1024 })
    const { keySet, names } = publish(
      jwkOf(undefined),
      jwkOf('encrypts', { use: 'enc' }),
      jwkOf('weak', {}, weak.publicKey),
      { kty: 'oct', kid: 'secret', k: 'AAAA' },
      { kty: 'EC', kid: 'broken' },
      null,
      'text',
      jwkOf('good', { use: 'sig' }),
      jwkOf('good'),
    )
    await keySet.provide('good', NOW)
    expect(names(NOW)).toEqual(['good'])
  })

  it(`has at most ${MAX_KEYS_OF_SET} keys, the first ones`, async () => {
    const { keySet, names } = publish(...Array.from({ length: MAX_KEYS_OF_SET + 1 }, (_none, at) => jwkOf(`${at}`)))
    await keySet.provide('0', NOW)
    expect(names(NOW)).toEqual(Array.from({ length: MAX_KEYS_OF_SET }, (_none, at) => `${at}`))
  })

  it('says how many more are published than it uses', async () => {
    const all = Array.from({ length: MAX_KEYS_OF_SET + 2 }, (_none, at) => jwkOf(`${at}`))
    const { keySet, publish: publishNow } = publish(...all, null, jwkOf('0'))
    expect(keySet.unusedAt(NOW)).toBe(0)
    await keySet.provide('0', NOW)
    expect(keySet.unusedAt(NOW)).toBe(2)
    expect(keySet.unusedAt(NOW + KEY_SET_STALE_SECONDS)).toBe(0)
    publishNow(...all.slice(0, MAX_KEYS_OF_SET))
    await keySet.provide('new', NOW + KEY_SET_COOLDOWN_SECONDS)
    expect(keySet.unusedAt(NOW + KEY_SET_COOLDOWN_SECONDS)).toBe(0)
  })

  it('can have keys of different kinds with the same key id', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { keySet } = publish(jwkOf('one'), jwkOf('one', {}, publicKey), jwkOf('one'))
    await keySet.provide('one', NOW)
    expect(keySet.keysAt(NOW).map(({ keyId, algorithm }) => [keyId, algorithm])).toEqual([
      ['one', 'EdDSA'],
      ['one', 'ES256'],
    ])
  })

  it('returns a new list if its keys changed, and the same list otherwise', async () => {
    const { keySet, publish: publishNow } = publish(jwkOf('one'))
    await keySet.provide('one', NOW)
    const before = keySet.keysAt(NOW)
    expect(keySet.keysAt(NOW + 1)).toBe(before)
    publishNow(jwkOf('two'))
    await keySet.provide('two', NOW + KEY_SET_COOLDOWN_SECONDS)
    expect(keySet.keysAt(NOW + KEY_SET_COOLDOWN_SECONDS)).not.toBe(before)
  })
})
