import { describe, expect, it } from 'vitest'
import type { Account } from './account.ts'
import { type Caller, may, roleFor } from './caller.ts'
import type { PersonalToken } from './personal-token.ts'
import { ALL_RIGHTS, has } from './role.ts'

function accountOf(role: Account['role'], grants: Account['grants'] = []): Account {
  return { accountId: 'acc_1', email: 'a@example.com', name: 'A', role, grants, createdAt: 0 }
}

function callerOf(account: Account, token?: Partial<PersonalToken>): Caller {
  const whole = token && ({ rights: ALL_RIGHTS, apiKey: undefined, ...token } as PersonalToken)
  return { account, token: whole, loginHash: undefined }
}

describe('an account', () => {
  it('has for an API key the higher of its role for all and its role for that one', () => {
    const account = accountOf('developer', [
      { apiKey: 'shop', role: 'owner' },
      { apiKey: 'blog', role: 'viewer' },
    ])
    expect(['shop', 'blog', 'other'].map((apiKey) => roleFor(account, apiKey))).toEqual([
      'owner',
      'developer',
      'developer',
    ])
    expect(roleFor(accountOf(undefined, [{ apiKey: 'shop', role: 'viewer' }]), 'other')).toBeUndefined()
  })

  it('has on the platform only the permissions of its role for all API keys', () => {
    const caller = callerOf(accountOf(undefined, [{ apiKey: 'shop', role: 'owner' }]))
    expect([may(caller, 'accounts:read'), may(caller, 'keys:write'), may(caller, 'keys:write', 'shop')]).toEqual([
      false,
      false,
      true,
    ])
  })

  it('can do everything as an owner, and change nothing as a viewer', () => {
    expect(ALL_RIGHTS.every((right) => has('owner', right))).toBe(true)
    expect(ALL_RIGHTS.filter((right) => has('viewer', right)).every((right) => right.endsWith(':read'))).toBe(true)
    expect(ALL_RIGHTS.some((right) => has(undefined, right))).toBe(false)
  })
})

describe('a personal access token', () => {
  it('never has more permissions than its account', () => {
    expect(may(callerOf(accountOf('viewer'), {}), 'keys:write', 'shop')).toBe(false)
  })

  it('has only its own permissions, for its own API key', () => {
    const owner = accountOf('owner')
    expect(may(callerOf(owner, { rights: ['keys:read'] }), 'tokens:mint', 'shop')).toBe(false)
    const ofShop = callerOf(owner, { apiKey: 'shop' })
    expect([may(ofShop, 'keys:read', 'shop'), may(ofShop, 'keys:read', 'blog'), may(ofShop, 'keys:read')]).toEqual([
      true,
      false,
      false,
    ])
  })
})
