import { expect, it } from 'vitest'
import { findBasePath } from './find-base-path.ts'

it.each([
  ['', '/dashboard/keys/dashboard', ''],
  ['/rtc', '/rtc/dashboard/', '/rtc'],
  ['/rtc', '/rtc/dashboard/keys/abc/live', '/rtc'],
  ['/a/b', '/a/b/dashboard/setup', '/a/b'],
])('a platform that declares %j is found under it at %s', (declared, pathname, found) => {
  expect(findBasePath(declared, pathname)).toBe(found)
})

it('a page that is opened without the base path asks the platform without it', () => {
  expect(findBasePath('/rtc', '/dashboard/keys')).toBe('')
  expect(findBasePath('/rtc', '/rtcx/dashboard/')).toBe('')
})
