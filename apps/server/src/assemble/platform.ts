import type { MediaOptions } from '../media/ice-servers.ts'
import type { Log } from '../observe/log.ts'
import type { StoreLocation } from '../store/open.ts'

export interface PlatformOptions extends StoreLocation {
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** For development: refused clients learn the exact reason, and the demo is served. */
  readonly dev: boolean
  /** Whether to serve the demo, which gives tokens for any user to anyone. */
  readonly demo: boolean
  /** Where users reach the platform, such as `https://rtc.example.com`. Default: the address that it listens at. */
  readonly publicUrl: string | undefined
  /** The proxies in front whose `X-Forwarded-For` is believed: addresses and subnets, or `loopback`. */
  readonly trustedProxies: readonly string[]
  /** Whether webhooks and requests to identity providers may go to private addresses, and without encryption. */
  readonly webhooksToPrivate: boolean
  /** The bearer token that reads the metrics. Without it, only programs on this machine may read them. */
  readonly metricsToken: string | undefined
  /** How long refusals are kept, in seconds. Default: 7 days. */
  readonly keepRefusalsSeconds?: number
  /** The STUN and TURN servers that sessions get. Default: none. */
  readonly media?: MediaOptions
  readonly log: Log
}

export interface Platform {
  /** Where it listens. */
  readonly url: string
  readonly dashboard: string
  readonly demo: string
  /** Where the first account is created, once. `undefined` if there is an account. */
  readonly setUpLink: string | undefined
  /** Counts a connection that was closed because of an unexpected exception. */
  readonly connectionFailed: () => void
  close(): Promise<void>
}
