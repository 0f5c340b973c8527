import { expect, it } from 'vitest'
import { joinUrl } from './join-url.ts'

it.each([
  ['https://rtc.example.com', 'https://rtc.example.com/v1/gate'],
  ['https://rtc.example.com/', 'https://rtc.example.com/v1/gate'],
  ['https://shop.example/rtc', 'https://shop.example/rtc/v1/gate'],
  ['https://shop.example/a/b/', 'https://shop.example/a/b/v1/gate'],
])('a path below %s keeps the path of the address', (address, expected) => {
  expect(joinUrl(address, '/v1/gate')).toBe(expected)
})
