import { expect, it } from 'vitest'
import { gateUrl } from './gate-url.ts'

it.each([
  ['http://127.0.0.1:4420', 'ws://127.0.0.1:4420/v1/gate'],
  ['https://rtc.example.com/', 'wss://rtc.example.com/v1/gate'],
  ['ws://localhost:80', 'ws://localhost/v1/gate'],
  ['https://shop.example/rtc', 'wss://shop.example/rtc/v1/gate'],
  ['https://shop.example/a/b/', 'wss://shop.example/a/b/v1/gate'],
  ['wss://rtc.example.com/stagedoor/', 'wss://rtc.example.com/stagedoor/v1/gate'],
])('the gate of %s is at %s', (cloudUrl, expected) => {
  expect(gateUrl(cloudUrl)).toBe(expected)
})

it('nothing that is in a query or a fragment goes to the gate', () => {
  expect(gateUrl('https://rtc.example.com/?token=secret#secret')).toBe('wss://rtc.example.com/v1/gate')
})

it.each([undefined, '', 'rtc.example.com', 'ftp://rtc.example.com', 'https://user:secret@rtc.example.com'])(
  '%j is no address of a platform, and the error does not repeat it',
  (cloudUrl) => {
    expect(() => gateUrl(cloudUrl)).toThrow(TypeError)
    expect(() => gateUrl(cloudUrl)).not.toThrow(/secret/)
  },
)
