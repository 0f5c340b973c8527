import { kindOf } from './check-options.ts'

/** @throws {TypeError} if an adapter got anything else than the result of `createTokenEndpoint`. */
export function requireEndpoint(endpoint: unknown): void {
  if (typeof endpoint === 'function') return
  throw new TypeError(`The adapter takes what createTokenEndpoint returns; given was ${kindOf(endpoint)}`)
}
