import type { MediaOptions } from '../media/ice-servers.ts'
import type { Log } from '../observe/log.ts'
import type { StoreLocation } from '../store/open.ts'

export interface PlatformOptions extends StoreLocation {
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** For development: refused clients learn the exact reason, and the demo is served. */
  readonly dev: boolean
  /** Whether to serve the demo, which gives anyone a token for any user. */
  readonly demo: boolean
  /** The URL for users, such as `https://rtc.example.com`. Default: the address that it listens on. */
  readonly publicUrl: string | undefined
  /** The trusted proxies in front, for `X-Forwarded-For`: addresses and subnets, or `loopback`. */
  readonly trustedProxies: readonly string[]
  /** Whether webhooks and requests to identity providers can use private addresses and `http:`. */
  readonly webhooksToPrivate: boolean
  /** The bearer token that is required to read metrics. Without it, only programs on this machine can read them. */
  readonly metricsToken: string | undefined
  /** How long refusals are kept, in seconds. Default: 7 days. */
  readonly keepRefusalsSeconds?: number
  /** The STUN and TURN servers that sessions get. Default: none. */
  readonly media?: MediaOptions
  readonly log: Log
}

export interface Platform {
  /** The address that it listens on. */
  readonly url: string
  readonly dashboard: string
  readonly demo: string
  /** Where the first account is created, once. `undefined` if there is an account. */
  readonly setUpLink: string | undefined
  /** Counts a connection that was closed because of an unexpected exception. */
  readonly connectionFailed: () => void
  close(): Promise<void>
}
