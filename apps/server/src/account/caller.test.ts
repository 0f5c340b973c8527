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
  it('is to an API key the most that it is to all or to that one', () => {
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

  it('may on the platform what its role to all may, whatever it is to single API keys', () => {
    const caller = callerOf(accountOf(undefined, [{ apiKey: 'shop', role: 'owner' }]))
    expect([may(caller, 'accounts:read'), may(caller, 'keys:write'), may(caller, 'keys:write', 'shop')]).toEqual([
      false,
      false,
      true,
    ])
  })

  it('may as an owner everything, and as a viewer change nothing', () => {
    expect(ALL_RIGHTS.every((right) => has('owner', right))).toBe(true)
    expect(ALL_RIGHTS.filter((right) => has('viewer', right)).every((right) => right.endsWith(':read'))).toBe(true)
    expect(ALL_RIGHTS.some((right) => has(undefined, right))).toBe(false)
  })
})

describe('a personal access token', () => {
  it('may never more than its account', () => {
    expect(may(callerOf(accountOf('viewer'), {}), 'keys:write', 'shop')).toBe(false)
  })

  it('may only what it was made for, and only there', () => {
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
