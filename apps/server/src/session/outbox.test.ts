import { describe, expect, it } from 'vitest'
import { MAX_MISSED_LENGTH, MAX_UNCONFIRMED, MAX_UNCONFIRMED_LENGTH, Outbox } from './outbox.ts'

function send(outbox: Outbox, ...texts: string[]): void {
  for (const text of texts) outbox.push(text)
}

describe('an outbox', () => {
  it('returns to a client what was sent after the messages that it has received', () => {
    const outbox = new Outbox()
    send(outbox, 'a', 'b', 'c')
    expect(outbox.sent).toBe(3)
    expect(outbox.resume(1)).toEqual(['b', 'c'])
    send(outbox, 'd')
    expect(outbox.resume(3)).toEqual(['d'])
    expect(outbox.resume(4)).toEqual([])
  })

  it('keeps nothing that has arrived', () => {
    const outbox = new Outbox()
    send(outbox, 'a', 'b', 'c')
    outbox.confirm(2)
    expect(outbox.resume(1)).toBeUndefined()
    expect(outbox.resume(2)).toEqual(['c'])
    outbox.confirm(100)
    expect(outbox.resume(3)).toEqual([])
  })

  it('does not resume a client that claims more than was sent', () => {
    const outbox = new Outbox()
    send(outbox, 'a')
    expect(outbox.resume(2)).toBeUndefined()
    expect(outbox.resume(1)).toEqual([])
  })

  it(`keeps ${MAX_UNCONFIRMED} messages of a connected client, and does not resume one that needs more`, () => {
    const outbox = new Outbox()
    for (let count = 0; count <= MAX_UNCONFIRMED; count++) outbox.push('x')
    expect(outbox.resume(0)).toBeUndefined()
    expect(outbox.resume(1)).toHaveLength(MAX_UNCONFIRMED)
  })

  it(`keeps ${MAX_UNCONFIRMED_LENGTH} characters of a connected client`, () => {
    const outbox = new Outbox()
    send(outbox, 'a', 'x'.repeat(MAX_UNCONFIRMED_LENGTH))
    expect(outbox.resume(0)).toBeUndefined()
    expect(outbox.resume(1)).toHaveLength(1)
  })

  it(`keeps everything of a client whose connection is lost, and is full after ${MAX_MISSED_LENGTH} characters`, () => {
    const outbox = new Outbox()
    send(outbox, 'a')
    outbox.lose()
    send(outbox, 'x'.repeat(MAX_MISSED_LENGTH))
    expect(outbox.isFull).toBe(false)
    expect(outbox.resume(0)).toHaveLength(2)
    outbox.lose()
    send(outbox, 'x'.repeat(MAX_MISSED_LENGTH), 'x')
    expect(outbox.isFull).toBe(true)
  })
})
