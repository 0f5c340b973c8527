import { AdminError } from '@stagedoor/admin'
import { describe, expect, it } from 'vitest'
import { describeProblem } from './describe-problem.ts'

describe('an error of the API', () => {
  it('is described in one line, with the invalid fields', () => {
    const errors = [
      { field: 'name', message: 'is too long' },
      { field: 'policy.origins', message: 'is not known here' },
    ]
    const problem = new AdminError(400, { code: 'malformed', detail: 'See errors.', errors })
    expect(describeProblem(problem)).toBe('See errors; name: is too long; policy.origins: is not known here')
  })

  it('is described with a fix if the token is invalid or lacks a right', () => {
    expect(describeProblem(new AdminError(401, {}))).toContain('Create one in the dashboard')
    const notAllowed = new AdminError(403, { detail: 'This needs the right keys:write.' })
    expect(describeProblem(notAllowed)).toBe(
      'This needs the right keys:write. Check the role of the account and the rights of the token',
    )
  })
})
