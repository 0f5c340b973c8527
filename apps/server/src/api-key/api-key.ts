import type { Policy } from '../policy/policy.ts'

/** `active` admits; `disabled` admits nobody, and ends the sessions that there are. */
export type ApiKeyState = 'active' | 'disabled'

export interface ApiKey {
  readonly apiKey: string
  /** What the owner calls it. */
  readonly name: string
  readonly state: ApiKeyState
  readonly policy: Policy
  /** Seconds since 1970. */
  readonly createdAt: number
}
