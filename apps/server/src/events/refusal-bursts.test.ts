import { describe, expect, it } from 'vitest'
import { keepEvents } from './event.fixture.ts'
import { COUNTED_TOGETHER_SECONDS, MAX_REFUSALS_UNTOLD, RefusalBursts } from './refusal-bursts.ts'

function open(isWanted = (_apiKey: string) => true) {
  const { told, announce } = keepEvents()
  const bursts = new RefusalBursts(announce, isWanted)
  const note = (times: number, at: number, code = 'token_expired', apiKey = 'shop') => {
    for (let time = 0; time < times; time++) bursts.note({ apiKey, code, at })
  }
  return { note, told: () => told.splice(0) }
}

describe('a burst of refusals', () => {
  it('is announced once the threshold is exceeded, and once in that minute', () => {
    const { note, told } = open()
    note(MAX_REFUSALS_UNTOLD, 100)
    expect(told()).toEqual([])
    note(1, 110)
    expect(told()).toMatchObject([
      {
        apiKey: 'shop',
        type: 'refusals.burst',
        at: 110,
        data: { code: 'token_expired', count: MAX_REFUSALS_UNTOLD + 1, withinSeconds: 10 },
      },
    ])
    note(10 * MAX_REFUSALS_UNTOLD, 100 + COUNTED_TOGETHER_SECONDS - 0.1)
    expect(told()).toEqual([])
    note(MAX_REFUSALS_UNTOLD + 1, 100 + COUNTED_TOGETHER_SECONDS)
    expect(told()).toHaveLength(1)
  })

  it('concerns one code and one API key', () => {
    const { note, told } = open()
    note(MAX_REFUSALS_UNTOLD, 0)
    note(MAX_REFUSALS_UNTOLD, 0, 'token_invalid')
    note(MAX_REFUSALS_UNTOLD, 0, 'token_expired', 'other')
    expect(told()).toEqual([])
  })

  it('is not counted without subscribers', () => {
    const { note, told } = open((apiKey) => apiKey === 'other')
    note(MAX_REFUSALS_UNTOLD + 1, 0)
    expect(told()).toEqual([])
  })
})
