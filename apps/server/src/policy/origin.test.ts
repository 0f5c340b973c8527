import { describe, expect, it } from 'vitest'
import { includesOrigin, readOrigin } from './origin.ts'

describe('an origin', () => {
  it.each([
    ['https://shop.example', 'https://shop.example'],
    ['https://Shop.Example:443/', 'https://shop.example'],
    ['http://shop.example:80', 'http://shop.example'],
    ['https://shop.example:8443', 'https://shop.example:8443'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['https://*.Shop.Example', 'https://*.shop.example'],
    ['https://*.bücher.example:8443', 'https://*.xn--bcher-kva.example:8443'],
    ['http://[::1]:3000', 'http://[::1]:3000'],
    ['capacitor://localhost', 'capacitor://localhost'],
    ['ionic://localhost', 'ionic://localhost'],
    ['Tauri://LocalHost/', 'tauri://localhost'],
    ['chrome-extension://abcdefghijklmnop', 'chrome-extension://abcdefghijklmnop'],
  ])('%s is read as %s, which is read as itself', (text, origin) => {
    expect(readOrigin(text)).toBe(origin)
    expect(readOrigin(origin)).toBe(origin)
  })

  it.each([
    'shop.example',
    'null',
    '*',
    'https://*',
    'https://*.example',
    'https://shop.*.example',
    'https://*shop.example.com',
    'https://*.*.shop.example',
    'capacitor://*',
    'https://shop.example/path',
    'https://shop.example?query',
    'https://user@shop.example',
    'file://shop.example',
    'ftp://shop.example',
    'wss://shop.example',
    'data://shop.example',
    'javascript:alert(1)',
    'capacitor://',
    '',
  ])('is not %j', (text) => {
    expect(readOrigin(text)).toBeUndefined()
  })
})

describe('a list of origins', () => {
  const listed = [
    'https://shop.example',
    'https://*.shop.example',
    'http://*.shop.example:8080',
    'capacitor://localhost',
  ]

  it.each([
    ['https://shop.example', true],
    ['https://www.shop.example', true],
    ['https://WWW.shop.example:443', true],
    ['http://www.shop.example:8080', true],
    ['capacitor://localhost', true],
    ['https://a.b.shop.example', false],
    ['https://.shop.example', false],
    ['https://evilshop.example', false],
    ['https://www.shop.example.evil.example', false],
    ['https://www.shop.example:8443', false],
    ['http://shop.example', false],
    ['http://shop.example:8080', false],
    ['https://*.shop.example', false],
    ['null', false],
    ['https://www.shop.example/', true],
  ])('has %s: %s', (origin, isListed) => {
    expect(includesOrigin(listed, origin)).toBe(isListed)
  })
})
