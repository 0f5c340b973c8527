import { expect, it } from 'vitest'
import { parseProxies } from './parse-proxies.ts'

it.each([
  ['loopback', ['loopback']],
  ['10.0.0.0/8, 2001:db8::/32,192.0.2.7', ['10.0.0.0/8', '2001:db8::/32', '192.0.2.7']],
  ['10.0.0.0/255.0.0.0', ['10.0.0.0/255.0.0.0']],
  ['', []],
])('%j is a list of proxies', (text, proxies) => {
  expect(parseProxies(text)).toEqual(proxies)
})

it.each(['any', 'true', '1', '*', 'proxy.example', '0.0.0.0/0', '::/0', '10.0.0.0/33', '10.0.0.0/x', '10.0.0.1;::1'])(
  '%j is rejected, with an example',
  (text) => {
    expect(() => parseProxies(text)).toThrow(/such as 10\.0\.0\.0\/8/)
  },
)
