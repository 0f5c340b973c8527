import { expect, it } from 'vitest'
import { findBasePath } from './find-base-path.ts'

it.each([
  ['', '/dashboard/keys/dashboard', ''],
  ['/rtc', '/rtc/dashboard/', '/rtc'],
  ['/rtc', '/rtc/dashboard/keys/abc/live', '/rtc'],
  ['/a/b', '/a/b/dashboard/setup', '/a/b'],
])('a platform with the base path %j is found from %s', (declared, pathname, found) => {
  expect(findBasePath(declared, pathname)).toBe(found)
})

it('a page that is opened without the base path uses the platform without it', () => {
  expect(findBasePath('/rtc', '/dashboard/keys')).toBe('')
  expect(findBasePath('/rtc', '/rtcx/dashboard/')).toBe('')
})
