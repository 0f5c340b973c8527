import { describe, expect, it } from 'vitest'
import { MAX_ICE_ADDRESSES, MIN_TURN_SECRET_LENGTH, mediaOptions, parseIceAddresses } from './media-options.ts'

const TURN = 'turn:turn.example.com:3478'

describe('the list of STUN and TURN addresses', () => {
  it.each([
    'stun:turn.example.com',
    'stuns:192.0.2.7:5349',
    TURN,
    'turn:[2001:db8::7]:3478?transport=tcp',
    'turns:turn.example.com:5349?transport=tcp',
  ])('accepts "%s"', (url) => {
    expect(parseIceAddresses(url)).toEqual([url])
  })

  it('accepts several addresses separated by commas, up to a limit', () => {
    expect(parseIceAddresses(`${TURN}, stun:a.example`)).toEqual([TURN, 'stun:a.example'])
    expect(parseIceAddresses(Array(MAX_ICE_ADDRESSES).fill(TURN).join())).toHaveLength(MAX_ICE_ADDRESSES)
    expect(() =>
      parseIceAddresses(
        Array(MAX_ICE_ADDRESSES + 1)
          .fill(TURN)
          .join(),
      ),
    ).toThrow(`At most ${MAX_ICE_ADDRESSES} addresses`)
  })

  it.each([
    '',
    'turn.example.com',
    'turn://turn.example.com',
    'https://turn.example.com',
    `${TURN},`,
    `${TURN}?transport=sctp`,
    'stun:a.example?transport=udp',
    'turn:user@turn.example.com',
  ])('rejects "%s"', (text) => {
    expect(() => parseIceAddresses(text)).toThrow('turn:turn.example.com:3478')
  })
})

describe('the TURN secret', () => {
  it('is required for TURN and not for STUN', () => {
    expect(mediaOptions(['stun:a.example'], undefined)).toEqual({ urls: ['stun:a.example'], turnSecret: undefined })
    for (const missing of [undefined, '']) expect(() => mediaOptions([TURN], missing)).toThrow('STAGEDOOR_TURN_SECRET')
  })

  it('has a minimum length and is never printed', () => {
    const secret = 'x'.repeat(MIN_TURN_SECRET_LENGTH)
    expect(mediaOptions([TURN], secret)).toEqual({ urls: [TURN], turnSecret: secret })
    const short = secret.slice(1)
    expect(() => mediaOptions([TURN], short)).toThrow(/openssl rand/)
    expect(() => mediaOptions([TURN], short)).not.toThrow(short)
  })
})
