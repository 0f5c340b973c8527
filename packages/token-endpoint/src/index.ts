export {
  type Authenticate,
  createTokenEndpoint,
  DEFAULT_TTL_SECONDS,
  type RequestContext,
  type TokenEndpoint,
  type TokenEndpointOptions,
  type TokenEvent,
  type TokenUser,
} from './create-token-endpoint.ts'
export type { CorsOptions } from './judge-origin.ts'
export type { TokenProblemCode } from './problem.ts'
export type { RateLimitOptions } from './rate-limit.ts'
export type { Wanted } from './read-wanted.ts'
