export {
  createTokenEndpoint,
  DEFAULT_TTL_SECONDS,
  type TokenEndpoint,
} from './create-token-endpoint.ts'
export type {
  Authenticate,
  RequestContext,
  TokenEndpointOptions,
  TokenEvent,
  TokenUser,
} from './endpoint-options.ts'
export type { CorsOptions } from './judge-origin.ts'
export type { TokenProblemCode } from './problem.ts'
export type { RateLimitOptions } from './rate-limit.ts'
export type { Wanted } from './read-wanted.ts'
