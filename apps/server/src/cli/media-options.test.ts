import { describe, expect, it } from 'vitest'
import { MAX_ICE_ADDRESSES, MIN_TURN_SECRET_LENGTH, mediaOptions, parseIceAddresses } from './media-options.ts'

const TURN = 'turn:turn.example.com:3478'

describe('the addresses of STUN and TURN servers, as they are typed', () => {
  it.each([
    'stun:turn.example.com',
    'stuns:192.0.2.7:5349',
    TURN,
    'turn:[2001:db8::7]:3478?transport=tcp',
    'turns:turn.example.com:5349?transport=tcp',
  ])('"%s" is one', (url) => {
    expect(parseIceAddresses(url)).toEqual([url])
  })

  it('are several with commas between them, up to a bound', () => {
    expect(parseIceAddresses(`${TURN}, stun:a.example`)).toEqual([TURN, 'stun:a.example'])
    expect(parseIceAddresses(Array(MAX_ICE_ADDRESSES).fill(TURN).join())).toHaveLength(MAX_ICE_ADDRESSES)
    expect(() =>
      parseIceAddresses(
        Array(MAX_ICE_ADDRESSES + 1)
          .fill(TURN)
          .join(),
      ),
    ).toThrow(`${MAX_ICE_ADDRESSES} addresses`)
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
  ])('"%s" is none', (text) => {
    expect(() => parseIceAddresses(text)).toThrow('turn:turn.example.com:3478')
  })
})

describe('the secret that is shared with TURN servers', () => {
  it('is needed for them, and not for STUN', () => {
    expect(mediaOptions(['stun:a.example'], undefined)).toEqual({ urls: ['stun:a.example'], turnSecret: undefined })
    for (const nothing of [undefined, '']) expect(() => mediaOptions([TURN], nothing)).toThrow('STAGEDOOR_TURN_SECRET')
  })

  it('has so many characters that nobody guesses it, and is never repeated', () => {
    const secret = 'x'.repeat(MIN_TURN_SECRET_LENGTH)
    expect(mediaOptions([TURN], secret)).toEqual({ urls: [TURN], turnSecret: secret })
    const short = secret.slice(1)
    expect(() => mediaOptions([TURN], short)).toThrow(/openssl rand/)
    expect(() => mediaOptions([TURN], short)).not.toThrow(short)
  })
})
