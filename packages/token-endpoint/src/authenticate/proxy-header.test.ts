import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { sendRaw } from '../adapters/hostile.fixture.ts'
import { toRequest } from '../adapters/node.ts'
import { proxyHeader } from './proxy-header.ts'

const authenticate = proxyHeader({ header: 'x-forwarded-user', proxies: ['127.0.0.1', '10.0.0.0/8', '2001:db8::/32'] })

function ask(address: string | undefined, user?: string) {
  const headers = user === undefined ? {} : { 'x-forwarded-user': user }
  return authenticate(new Request('http://shop.example/', { headers }), { address })
}

describe('the user in a proxy header', () => {
  it.each(['127.0.0.1', '10.255.0.1', '::ffff:10.0.0.1', '2001:db8::7'])('is accepted from %s', (address) => {
    expect(ask(address, 'alice')).toBe('alice')
  })

  it.each(['192.0.2.1', '11.0.0.1', '::1', '2001:db9::7', 'unix', undefined])('is ignored from %s', (address) => {
    expect(ask(address, 'alice')).toBeUndefined()
  })

  it('is not signed in if the header is missing or sent twice', () => {
    expect(ask('127.0.0.1')).toBeUndefined()
    expect(ask('127.0.0.1', ' ')).toBeUndefined()
    expect(ask('127.0.0.1', 'mallory, alice')).toBeUndefined()
  })

  // As Node.js returns the bytes of a field: one character for each.
  const asField = (bytes: Buffer) => bytes.toString('latin1')

  it.each(['Jürgen', 'Zoë à', '東京', '😀', 'plain'])('is read as UTF-8: %s', (name) => {
    expect(ask('127.0.0.1', asField(Buffer.from(name)))).toBe(name)
  })

  it.each([
    ['in Latin-1', Buffer.from('J\u00fcrgen', 'latin1')],
    ['cut off within a letter', Buffer.from('J\u00fc').subarray(0, -1)],
    ['in more bytes than it needs', Buffer.from([0xc1, 0x81])],
    ['with half a surrogate pair', Buffer.from([0xed, 0xa0, 0x80])],
  ])('is nobody where it is written %s', (_how, bytes) => {
    expect(ask('127.0.0.1', asField(bytes))).toBeUndefined()
  })

  it('is the same over a connection', async () => {
    const given: unknown[] = []
    const server = createServer((req, res) => {
      given.push(authenticate(toRequest(req), { address: '127.0.0.1' }))
      res.end()
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void server.close())
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    await sendRaw(
      url,
      `GET / HTTP/1.1\r\nhost: a\r\nx-forwarded-user: ${asField(Buffer.from('Jürgen à'))}\r\nconnection: close\r\n\r\n`,
    )
    expect(given).toEqual(['Jürgen à'])
  })

  it.each(['localhost', '10.0.0.0/33', '10.0.0.0/', '::/129', ''])(
    'cannot be configured with the proxy "%s"',
    (proxy) => {
      expect(() => proxyHeader({ header: 'x-user', proxies: [proxy] })).toThrow(TypeError)
    },
  )
})
