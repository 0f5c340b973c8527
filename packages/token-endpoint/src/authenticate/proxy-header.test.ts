import { describe, expect, it } from 'vitest'
import { proxyHeader } from './proxy-header.ts'

const authenticate = proxyHeader({ header: 'x-forwarded-user', proxies: ['127.0.0.1', '10.0.0.0/8', '2001:db8::/32'] })

function ask(address: string | undefined, user?: string) {
  const headers = user === undefined ? {} : { 'x-forwarded-user': user }
  return authenticate(new Request('http://shop.example/', { headers }), { address })
}

describe('the user whom a proxy names', () => {
  it.each(['127.0.0.1', '10.255.0.1', '::ffff:10.0.0.1', '2001:db8::7'])('is believed of %s', (address) => {
    expect(ask(address, 'alice')).toBe('alice')
  })

  it.each(['192.0.2.1', '11.0.0.1', '::1', '2001:db9::7', 'unix', undefined])('is nobody of %s', (address) => {
    expect(ask(address, 'alice')).toBeUndefined()
  })

  it('is nobody where the proxy names none, or two have named one', () => {
    expect(ask('127.0.0.1')).toBeUndefined()
    expect(ask('127.0.0.1', ' ')).toBeUndefined()
    expect(ask('127.0.0.1', 'mallory, alice')).toBeUndefined()
  })

  it.each(['localhost', '10.0.0.0/33', '10.0.0.0/', '::/129', ''])('is not made with the proxy "%s"', (proxy) => {
    expect(() => proxyHeader({ header: 'x-user', proxies: [proxy] })).toThrow(TypeError)
  })
})
