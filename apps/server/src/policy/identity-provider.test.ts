import { describe, expect, it } from 'vitest'
import { MAX_MINTED_GRANTS } from './conversation-grant.ts'
import {
  MAX_IDENTITY_PROVIDERS,
  MAX_IDENTITY_PROVIDERS_BYTES,
  MAX_PROVIDER_TEXT_LENGTH,
  MAX_TRUSTED_CLAIMS,
} from './identity-provider.ts'
import { DEFAULT_POLICY, policySchema } from './policy.ts'

const PROVIDER = { issuer: 'https://login.example', audience: 'front-end' }
const GRANT = { name: 'lesson-*', role: 'guest', publish: ['audio'], subscribe: true }
const CLAIM = { claim: 'groups', value: 'pupils', conversations: [GRANT] }

const accepts = (identityProviders: unknown) => policySchema.safeParse({ identityProviders }).success
const many = <T>(count: number, make: (at: number) => T) => Array.from({ length: count }, (_none, at) => make(at))

describe('the identity providers of a policy', () => {
  it('are none by default', () => {
    expect(DEFAULT_POLICY.identityProviders).toBeUndefined()
  })

  it('use sub as the user id, and grant nothing that outlives their tokens, by default', () => {
    expect(policySchema.parse({ identityProviders: [PROVIDER] }).identityProviders).toEqual([
      { ...PROVIDER, userIdClaim: 'sub', outlivesSubject: false },
    ])
  })

  it.each([
    'https://login.example',
    'https://login.example/',
    'https://login.example:8443/realms/shop',
    'http://127.0.0.1:9000',
    'http://localhost:9000',
    'http://[::1]:9000',
  ])('may be %s', (issuer) => expect(accepts([{ ...PROVIDER, issuer }])).toBe(true))

  it.each([
    'login.example',
    'http://login.example',
    'http://10.0.0.1',
    'http://localhost.example',
    'https://login.example?a=b',
    'https://login.example#a',
    'https://a:b@login.example',
    ' https://login.example',
    'ftp://login.example',
    '',
  ])('cannot be %j', (issuer) => expect(accepts([{ ...PROVIDER, issuer }])).toBe(false))

  it('are limited in number, and distinct', () => {
    const provider = (at: number) => ({ ...PROVIDER, audience: `app-${at}` })
    expect(accepts(many(MAX_IDENTITY_PROVIDERS, provider))).toBe(true)
    expect(accepts(many(MAX_IDENTITY_PROVIDERS + 1, provider))).toBe(false)
    expect(accepts([])).toBe(false)
    expect(accepts([PROVIDER, { ...PROVIDER, userIdClaim: 'email' }])).toBe(false)
  })

  it('have texts of limited length', () => {
    for (const name of ['audience', 'userIdClaim']) {
      const fits = { ...PROVIDER, [name]: 'x'.repeat(MAX_PROVIDER_TEXT_LENGTH) }
      expect(accepts([fits])).toBe(true)
      expect(accepts([{ ...fits, [name]: `${fits[name as 'audience']}x` }])).toBe(false)
      expect(accepts([{ ...PROVIDER, [name]: '' }])).toBe(false)
    }
  })

  it('have a limited number of claims, and of conversations for each', () => {
    const grants = (count: number, conversations: number) => [
      { ...PROVIDER, grants: many(count, () => ({ ...CLAIM, conversations: many(conversations, () => GRANT) })) },
    ]
    expect(accepts(grants(MAX_TRUSTED_CLAIMS, 1))).toBe(true)
    expect(accepts(grants(MAX_TRUSTED_CLAIMS + 1, 1))).toBe(false)
    expect(accepts(grants(0, 1))).toBe(false)
    expect(accepts(grants(1, MAX_MINTED_GRANTS))).toBe(true)
    expect(accepts(grants(1, MAX_MINTED_GRANTS + 1))).toBe(false)
    expect(accepts(grants(1, 0))).toBe(false)
  })

  it('have a limited total size', () => {
    const sized = (length: number) => {
      const full = many(40, () => ({ ...CLAIM, conversations: many(9, () => GRANT) }))
      const padding = many(full.length, (at) => Math.max(0, Math.min(200, length - at * 200)))
      const grants = full.map((one, at) => ({ ...one, value: 'x'.repeat(1 + (padding[at] ?? 0)) }))
      return [{ ...PROVIDER, userIdClaim: 'sub', grants, outlivesSubject: false }]
    }
    const missing = MAX_IDENTITY_PROVIDERS_BYTES - Buffer.byteLength(JSON.stringify(sized(0)))
    expect(accepts(sized(missing))).toBe(true)
    expect(accepts(sized(missing + 1))).toBe(false)
  })

  it.each([
    { secret: 'a' },
    { grants: [{ ...CLAIM, scope: 'a' }] },
    { grants: [{ ...CLAIM, conversations: [{ ...GRANT, admin: true }] }] },
    { grants: [{ ...CLAIM, conversations: [{ ...GRANT, name: 'a*b' }] }] },
    { grants: [{ ...CLAIM, conversations: [{ ...GRANT, name: 'a\ud800' }] }] },
    { grants: [{ ...CLAIM, value: 7 }] },
    { outlivesSubject: 'yes' },
  ])('say nothing else, such as %j', (more) => expect(accepts([{ ...PROVIDER, ...more }])).toBe(false))
})
