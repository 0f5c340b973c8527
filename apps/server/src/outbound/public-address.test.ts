import type { LookupAddress } from 'node:dns'
import { describe, expect, it } from 'vitest'
import { addressIn, isPublicAddress, lookUpPublic } from './public-address.ts'

describe('an address', () => {
  it.each(['8.8.8.8', '168.63.129.15', '172.15.0.1', '172.32.0.1', '100.63.0.1', '100.128.0.1', '2606:4700::1111'])(
    'such as %s is public',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )

  it.each([
    ...['0.0.0.0', '0.1.2.3', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.9.9.9', '169.254.169.254', '172.16.0.1'],
    ...['172.31.255.255', '192.0.0.1', '192.168.1.1', '198.18.0.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
    ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd12::1', 'fec0::1', 'ff02::1'],
    ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:a9fe:a9fe', '::127.0.0.1', '64:ff9b::a00:1', '2002:a00:1::'],
    // Clouds: Azure; AWS, Google and most others; AWS over IPv6; Alibaba; Oracle.
    ...['168.63.129.16', '::ffff:168.63.129.16', '169.254.169.254', 'fd00:ec2::254', '100.100.100.200', '192.0.0.192'],
    ...['64:ff9b:1::a00:1', '2001::1', '2001:db8::1', '100::1', '4000::1', 'localhost', ''],
  ])('such as %s is not', (address) => expect(isPublicAddress(address)).toBe(false))

  it.each([
    ['https://0x7f.1/', '127.0.0.1'],
    ['https://2130706433/', '127.0.0.1'],
    ['https://0177.0.0.1/', '127.0.0.1'],
    ['https://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
    ['https://shop.example/', undefined],
  ])('in %s is %s', (url, address) => expect(addressIn(new URL(url))).toBe(address))
})

describe('looking up a name', () => {
  function look(addresses: readonly string[], options: object, error: Error | null = null) {
    const found: LookupAddress[] = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
    const lookup = lookUpPublic((_host, _options, done) => done(error, found))
    return new Promise((answer) => {
      lookup('shop.example', options, (failure, ...rest) => answer(failure ?? rest))
    })
  }

  it('returns its addresses, one or all', async () => {
    expect(await look(['8.8.8.8', '2606:4700::1111'], {})).toEqual(['8.8.8.8', 4])
    expect(await look(['8.8.8.8'], { all: true })).toEqual([[{ address: '8.8.8.8', family: 4 }]])
  })

  it.each([{}, { all: true }])('fails if one of them is private (%o)', async (options) => {
    expect(await look(['8.8.8.8', '127.0.0.1'], options)).toMatchObject({ code: 'EPRIVATEADDRESS' })
  })

  it('fails if there is no address, or the look-up fails', async () => {
    expect(await look([], {})).toBeInstanceOf(Error)
    expect(await look([], {}, new Error('no answer'))).toMatchObject({ message: 'no answer' })
  })
})
