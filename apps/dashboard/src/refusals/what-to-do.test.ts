import { REFUSAL_CODES } from '@stagedoor/protocol'
import { describe, expect, it } from 'vitest'
import { whatToDo } from './what-to-do.ts'

describe('the advice on a refusal', () => {
  it.each(REFUSAL_CODES)('exists for %s, in plain sentences', (code) => {
    const points = whatToDo(code)
    expect(points.length).toBeGreaterThan(0)
    const words = points
      .flat()
      .map(({ text }) => text)
      .join('')
    expect(words).not.toMatch(/[`#]|\]\(/)
  })

  it('separates code from text', () => {
    const [first = []] = whatToDo('token_expired')
    expect(first.find(({ isCode }) => isCode)).toEqual({ text: 'getToken', isCode: true })
  })
})
