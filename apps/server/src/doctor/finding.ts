/** What was looked at, what was found, and what to do about it. */
export interface Finding {
  /** A word for programs: what was looked at. */
  readonly check: Check
  readonly verdict: 'well' | 'advice' | 'ill'
  /** What was found, in one sentence. */
  readonly found: string
  /** What to do; of what is well, nothing. */
  readonly todo?: string
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

export const well = (check: Check, found: string): Finding => ({ check, verdict: 'well', found })
export const advice = (check: Check, found: string, todo: string): Finding => ({
  check,
  verdict: 'advice',
  found,
  todo,
})
export const ill = (check: Check, found: string, todo: string): Finding => ({ check, verdict: 'ill', found, todo })

/** The platform that is looked at, from where the doctor runs. */
export interface Patient {
  /** Where its users reach it, such as `https://rtc.example.com` or `https://example.com/rtc`. */
  readonly url: URL
  /** How long each thing may take, in milliseconds. */
  readonly patienceMs: number
  /** The time here, in milliseconds since 1970. */
  readonly nowMs: () => number
}

/** The address of a platform as it is written: with its path, and without a trailing slash. */
export function addressOf(url: URL): string {
  return url.href.replace(/\/$/, '')
}

/** What an error of the network says, in a word or a few. */
export function reasonOf(error: unknown): string {
  const { name, message, cause, code } = error as Error & { cause?: unknown; code?: unknown }
  if (name === 'TimeoutError') return 'no answer in time'
  if (cause instanceof Error) return reasonOf(cause)
  return typeof code === 'string' ? code : message
}
