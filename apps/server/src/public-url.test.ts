import { describe, expect, it } from 'vitest'
import { BasePathError, basePathOf, originOf, readPublicUrl, requireApart, stripBasePath } from './public-url.ts'

describe('a public URL', () => {
  it.each([
    ['https://rtc.example.com', 'https://rtc.example.com'],
    ['https://rtc.example.com/', 'https://rtc.example.com'],
    ['HTTPS://RTC.example.com:443', 'https://rtc.example.com'],
    ['http://127.0.0.1:8080/rtc', 'http://127.0.0.1:8080/rtc'],
    ['https://shop.example/rtc', 'https://shop.example/rtc'],
    ['https://shop.example/rtc/', 'https://shop.example/rtc'],
    ['https://shop.example/a/b', 'https://shop.example/a/b'],
    ['https://shop.example/a.b_c-d~e/2', 'https://shop.example/a.b_c-d~e/2'],
  ])('%s is read as %s', (text, url) => {
    expect(readPublicUrl(text)).toEqual({ ok: true, url })
  })

  it.each([
    ['shop.example/rtc', /such as https:/],
    ['ftp://shop.example/rtc', /such as https:/],
    ['', /such as https:/],
    ['https://user:secret@shop.example/rtc', /user name/],
    ['https://shop.example/rtc?a=b', /query/],
    ['https://shop.example/rtc?', /query/],
    ['https://shop.example/rtc#a', /fragment/],
    ['https://shop.example/rtc#', /fragment/],
    ['https://shop.example/a/../b', /path/],
    ['https://shop.example/..', /path/],
    ['https://shop.example/.', /path/],
    ['https://shop.example/a/%2e%2e/b', /path/],
    ['https://shop.example/a%2fb', /path/],
    ['https://shop.example/a%5Cb', /path/],
    ['https://shop.example/a\\b', /path/],
    ['https://shop.example\\rtc', /path/],
    ['https://shop.example//rtc', /path/],
    ['https://shop.example/rtc//', /path/],
    ['https:/shop.example/rtc', /path/],
    ['https://shop.example/a b', /path/],
    ['https://shop.example/"><script>', /path/],
    ['https://shop.example/ü', /path/],
  ])('%s is refused, and the reason says what to change without the value', (text, problem) => {
    const read = readPublicUrl(text)
    expect(read).toEqual({ ok: false, problem: expect.stringMatching(problem) })
    expect(JSON.stringify(read)).not.toContain('secret')
  })

  it('has an origin and a base path', () => {
    expect([originOf('https://shop.example/a/b'), basePathOf('https://shop.example/a/b')]).toEqual([
      'https://shop.example',
      '/a/b',
    ])
    expect([basePathOf('https://rtc.example.com'), basePathOf('')]).toEqual(['', ''])
  })
})

describe('the base path', () => {
  it.each([
    ['/rtc/livez', '/livez'],
    ['/rtc/', '/'],
    ['/rtc/?a=/rtc/', '/?a=/rtc/'],
    ['/rtc/rtc/livez', '/rtc/livez'],
    ['/livez', '/livez'],
    ['/', '/'],
    ['/rtc', '/rtc'],
    ['/rtc?a', '/rtc?a'],
    ['/rtcx/livez', '/rtcx/livez'],
    ['/RTC/livez', '/RTC/livez'],
    ['/%72tc/livez', '/%72tc/livez'],
    ['//rtc/livez', '//rtc/livez'],
    ['/x/../rtc/livez', '/x/../rtc/livez'],
    ['http://shop.example/rtc/livez', 'http://shop.example/rtc/livez'],
    ['*', '*'],
  ])('is stripped once, and only where a target begins with it: %s is %s', (target, stripped) => {
    expect(stripBasePath('/rtc', target)).toBe(stripped)
  })

  it('is stripped completely if it has several segments', () => {
    expect(stripBasePath('/a/b', '/a/b/livez')).toBe('/livez')
    expect(stripBasePath('/a/b', '/a/livez')).toBe('/a/livez')
  })

  it('is empty at the root of an origin', () => {
    expect(stripBasePath('', '//livez')).toBe('//livez')
  })

  it('cannot begin with a path of the platform', () => {
    expect(() => requireApart('/api/rtc', '/api/v1/keys')).toThrow(BasePathError)
    expect(() => requireApart('/demo', '/demo/*')).toThrow('/demo')
    expect(() => requireApart('/rtc', '/api/v1/keys')).not.toThrow()
    expect(() => requireApart('/apis', '/api/v1/keys')).not.toThrow()
    expect(() => requireApart('', '/')).not.toThrow()
  })
})
