/** What was looked at, what was message, and what to do about it. */
export interface Finding {
  /** What was checked, for programs. */
  readonly check: Check
  readonly status: 'ok' | 'advice' | 'problem'
  /** What was message, in one sentence. */
  readonly message: string
  /** What to do; of what is nothing. */
  readonly fix?: string
}

export type Check =
  | 'reachable'
  | 'ready'
  | 'certificate'
  | 'clock'
  | 'gate'
  | 'idle'
  | 'public_address'
  | 'demo'
  | 'metrics'
  | 'secret'
  | 'token'
  | 'media'
  | 'policy'
  | 'signing_key'
  | 'webhook'

export const ok = (check: Check, message: string): Finding => ({ check, status: 'ok', message })
export const advice = (check: Check, message: string, fix: string): Finding => ({
  check,
  status: 'advice',
  message,
  fix,
})
export const problem = (check: Check, message: string, fix: string): Finding => ({
  check,
  status: 'problem',
  message,
  fix,
})

/** The platform to check, and the machine that checks it. */
export interface Target {
  /** The address that its users use, such as `https://rtc.example.com` or `https://example.com/rtc`. */
  readonly url: URL
  /** How long each check may wait for an answer, in milliseconds. */
  readonly timeoutMs: number
  /** The time on this machine, in milliseconds since 1970. */
  readonly nowMs: () => number
}

/** The address of a platform with its path, without a trailing slash. */
export function addressOf(url: URL): string {
  return url.href.replace(/\/$/, '')
}

/** The reason in a network error, in a few words. */
export function reasonOf(error: unknown): string {
  const { name, message, cause, code } = error as Error & { cause?: unknown; code?: unknown }
  if (name === 'TimeoutError') return 'no answer in time'
  if (cause instanceof Error) return reasonOf(cause)
  return typeof code === 'string' ? code : message
}
