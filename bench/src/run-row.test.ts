import { describe, expect, it } from 'vitest'
import { judge } from './run-row.mjs'

describe('a bar', () => {
  it('that is a number is the least ratio that holds', () => {
    expect(judge({ bare: 0.9 }, { bare: 0.9 })).toEqual({ bare: { atLeast: 0.9, held: true } })
    expect(judge({ bare: 0.899 }, { bare: 0.9 })).toEqual({ bare: { atLeast: 0.9, held: false } })
  })

  it('may be the most instead', () => {
    expect(judge({ ws: 1.3 }, { ws: { atMost: 1.3 } })).toEqual({ ws: { atMost: 1.3, held: true } })
    expect(judge({ ws: 1.31 }, { ws: { atMost: 1.3 } })).toEqual({ ws: { atMost: 1.3, held: false } })
  })

  it('is missed where the peer was not measured', () => {
    expect(judge({}, { bare: 0.9, ws: { atMost: 1.3 } })).toEqual({
      bare: { atLeast: 0.9, held: false },
      ws: { atMost: 1.3, held: false },
    })
  })
})
