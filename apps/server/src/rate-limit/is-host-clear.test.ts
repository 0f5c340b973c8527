import { expect, it } from 'vitest'
import { isHostClear } from './is-host-clear.ts'

it.each([
  [['Host', 'a'], '1.1', true],
  [['HOST', 'a', 'Accept', 'host'], '1.1', true],
  [['Host', 'a', 'host', 'a'], '1.1', false],
  [['Host', 'a', 'X', 'y', 'Host', 'b'], '1.0', false],
  [['Accept', 'host'], '1.1', false],
  [[], '1.1', false],
  [[], '1.0', true],
])('a request with %j in HTTP/%s says in one way which host it is for: %s', (rawHeaders, httpVersion, isClear) => {
  expect(isHostClear({ rawHeaders, httpVersion })).toBe(isClear)
})
