import { describe, expect, it } from 'vitest'
import { MAX_ENDPOINT_URL_LENGTH, readEndpointUrl } from './read-endpoint-url.ts'

const longest = 'https://shop.example/'.padEnd(MAX_ENDPOINT_URL_LENGTH, 'x')

describe('the address of an endpoint', () => {
  it.each([
    ['https://shop.example/events?a=b#part', 'https://shop.example/events?a=b'],
    ['https://8.8.8.8/', 'https://8.8.8.8/'],
    [longest, longest],
  ])('%s is taken', (text, href) => expect(readEndpointUrl(text, false)).toBe(href))

  it.each([
    ['shop.example', 'The URL is not valid'],
    ['http://shop.example/', 'over https: only'],
    ['ftp://shop.example/', 'over https: only'],
    ['https://user:password@shop.example/', 'cannot contain a user or a password'],
    ['https://127.0.0.1/', 'private'],
    ['https://0x7f.1/', 'private'],
    ['https://[::1]/', 'private'],
    ['https://169.254.169.254/latest/meta-data', 'private'],
    [`${longest}x`, 'at most'],
  ])('%s is refused', (text, words) => expect(() => readEndpointUrl(text, false)).toThrow(words))

  it('may be private and without TLS if the platform allows it', () => {
    expect(readEndpointUrl('http://127.0.0.1:8080/', true)).toBe('http://127.0.0.1:8080/')
    expect(() => readEndpointUrl('ftp://127.0.0.1/', true)).toThrow('over https: only')
  })
})
