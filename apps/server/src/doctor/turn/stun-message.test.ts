import { describe, expect, it } from 'vitest'
import { decodeResponse, encodeRequest, lengthOf } from './stun-message.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'hex')

// RFC 5769 section 2.4: a request with long-term authentication.
const REQUEST = hex(`
  00010060 2112a442 78ad3433 c6ad72c0 29da412e
  00060012 e3839ee3 8388e383 aae38383 e382afe3 82b90000
  0015001c 662f2f34 39396b39 35346436 4f4c3334 6f4c3946 53547679 36347341
  0014000b 6578616d 706c652e 6f726700
  00080014 f6702465 6dd64a3e 02b8e071 2e85c9a2 8ca89666`)
const CREDENTIALS = {
  username: 'マトリックス',
  password: 'TheMatrIX',
  realm: 'example.org',
  nonce: 'f//499k954d6OL34oL9FSTvy64sA',
}

// RFC 5769 sections 2.2 and 2.3 have these addresses under this transaction, hidden as TURN hides the relayed one too.
const TRANSACTION = hex('b7e7a701bc34d686fa87dfae')
const V4 = '0001a147e112a643'
const V6 = '0002a1470113a9faa5d3f179bc25f4b5bed2b9d9'

function response(kind: string, attributes: string): Buffer {
  const body = hex(attributes)
  return Buffer.concat([hex(kind), hex(body.length.toString(16).padStart(4, '0')), hex('2112a442'), TRANSACTION, body])
}

describe('a request', () => {
  it('is signed to the byte as RFC 5769 has it', () => {
    const transactionId = REQUEST.subarray(8, 20)
    expect(encodeRequest({ method: 'binding', transactionId, credentials: CREDENTIALS })).toEqual(REQUEST)
  })

  it('asks for a relay over UDP, and gives it back with a life of nothing', () => {
    const allocate = encodeRequest({ method: 'allocate', transactionId: TRANSACTION })
    expect(allocate.toString('hex')).toBe(`000300082112a442${TRANSACTION.toString('hex')}0019000411000000`)
    const refresh = encodeRequest({ method: 'refresh', transactionId: TRANSACTION, lifetimeSeconds: 0 })
    expect(refresh.toString('hex')).toBe(`000400082112a442${TRANSACTION.toString('hex')}000d000400000000`)
  })
})

describe('an answer', () => {
  it.each([
    ['192.0.2.1', `00160008${V4}`],
    ['2001:db8:1234:5678:11:2233:4455:6677', `00160014${V6}`],
  ])('tells the address that is relayed at, such as %s', (relayed, attributes) => {
    expect(decodeResponse(response('0103', attributes), TRANSACTION)).toEqual({ ok: true, relayed })
  })

  it('tells what was wrong, and what to prove oneself with', () => {
    const attributes = '00090004 00000401 0014000b 6578616d706c652e6f726700 00150004 61626364'
    expect(decodeResponse(response('0113', attributes), TRANSACTION)).toEqual({
      ok: false,
      code: 401,
      challenge: { realm: 'example.org', nonce: 'abcd' },
    })
    expect(decodeResponse(response('0113', ''), TRANSACTION)).toEqual({ ok: false, code: 0, challenge: undefined })
  })

  it.each([
    ['too short', Buffer.alloc(19)],
    ['of another protocol', Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['to another request', response('0103', '').fill(0, 8, 20)],
    ['a request itself', response('0003', '')],
  ])('is none where it is %s', (_what, bytes) => {
    expect(decodeResponse(bytes, TRANSACTION)).toBeUndefined()
  })

  it('may be cut off anywhere without harm', () => {
    const whole = response('0113', '00090004 00000401 0014000b 6578616d706c652e6f726700 00160008 0001a147e112a643')
    for (let end = 0; end < whole.length; end++) decodeResponse(whole.subarray(0, end), TRANSACTION)
    expect([lengthOf(whole), lengthOf(whole.subarray(0, 3))]).toEqual([whole.length, undefined])
  })
})
