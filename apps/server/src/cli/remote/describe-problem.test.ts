import { AdminError } from '@stagedoor/admin'
import { describe, expect, it } from 'vitest'
import { describeProblem } from './describe-problem.ts'

describe('what a platform says no with', () => {
  it('is told with the fields that are not right, in one line', () => {
    const errors = [
      { field: 'name', message: 'is too long' },
      { field: 'policy.origins', message: 'is not known here' },
    ]
    const problem = new AdminError(400, { code: 'malformed', detail: 'See errors.', errors })
    expect(describeProblem(problem)).toBe('See errors; name: is too long; policy.origins: is not known here')
  })

  it('is told with what to do where the token is no good, or not good enough', () => {
    expect(describeProblem(new AdminError(401, {}))).toContain('Make another one in the dashboard')
    const notAllowed = new AdminError(403, { detail: 'This needs the right keys:write.' })
    expect(describeProblem(notAllowed)).toBe(
      'This needs the right keys:write. The role of the account and the rights of the token decide',
    )
  })
})
