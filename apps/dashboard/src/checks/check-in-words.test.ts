import { CHECKS } from '@stagedoor/access-token'
import { describe, expect, it } from 'vitest'
import { ATTEMPT_CHECK, POLICY_CHECKS } from '../../../server/src/admission/check-policy.ts'
import { checkInWords } from './check-in-words.ts'

describe('the text of a check', () => {
  it.each([...CHECKS, ...POLICY_CHECKS, ATTEMPT_CHECK, 'grant', 'capacity'])('exists for %s', (check) => {
    expect(checkInWords(check)).not.toBe(check)
  })
})
