import { expect, it } from 'vitest'
import { normalizeForwardedFor } from './forwarded-for.ts'

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:4711', '203.0.113.9'],
  ['[2001:db8::7]:4711', '2001:db8::7'],
  ['[2001:db8::7]', '2001:db8::7'],
  ['"[2001:db8::7]:4711"', '2001:db8::7'],
  ['2001:db8::7', '2001:db8::7'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::ffff:203.0.113.9', '::ffff:203.0.113.9'],
  ['198.51.100.1:1,203.0.113.9:2 ,  10.0.0.2', '198.51.100.1, 203.0.113.9, 10.0.0.2'],
  ['unknown', 'unknown'],
  ['_hidden', 'unknown'],
  ['203.0.113.9:port', 'unknown'],
  ['203.0.113.9:123456', 'unknown'],
  ['203.0.113', 'unknown'],
  ['', 'unknown'],
  ['a, 203.0.113.9', 'unknown, 203.0.113.9'],
])('X-Forwarded-For: %s is read as %s', (header, read) => {
  expect(normalizeForwardedFor(header)).toBe(read)
})
