import { kindOf } from './check-options.ts'

/** @throws {TypeError} if an adapter was given something else than what `createTokenEndpoint` returns. */
export function requireEndpoint(endpoint: unknown): void {
  if (typeof endpoint === 'function') return
  throw new TypeError(`The adapter takes what createTokenEndpoint returns; given was ${kindOf(endpoint)}`)
}
