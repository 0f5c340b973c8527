import { expect, it } from 'vitest'
import { readApiKey } from './api-key-uri.ts'

it('an API key is what follows the scheme, today and as it was written before', () => {
  expect(readApiKey('apiKey:key_1')).toBe('key_1')
  expect(readApiKey('apzkey:key_1')).toBe('key_1')
  expect(readApiKey('APIKEY:key:with:colons')).toBe('key:with:colons')
})

it.each(['', 'apiKey:', 'key_1', 'https://example.com', ' apiKey:key_1'])('%j names no API key', (uri) => {
  expect(() => readApiKey(uri)).toThrow(TypeError)
})
