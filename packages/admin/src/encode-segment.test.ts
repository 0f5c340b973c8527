import { expect, it } from 'vitest'
import { encodeSegment } from './encode-segment.ts'

it.each(['a', 'a/b', '?', '#', '%', 'ä 𝄞', '...', '.a', 'a..', ' '])('the name %j becomes one path segment', (name) => {
  const { pathname } = new URL(`https://rtc.example/keys/${encodeSegment(name)}/live`)
  expect(decodeURIComponent(pathname.split('/')[2] ?? '')).toBe(name)
  expect(pathname.split('/')).toHaveLength(4)
})

it('a name that is not well-formed is encoded too, and matches nothing', () => {
  expect(encodeSegment('a\ud800b')).toBe('a%EF%BF%BDb')
  expect(encodeSegment('\udc00')).toBe('%EF%BF%BD')
})

it.each(['.', '..'])('%s cannot be part of a path, and is refused', (name) => {
  expect(() => encodeSegment(name)).toThrow(RangeError)
})
