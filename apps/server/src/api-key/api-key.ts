import type { Policy } from '../policy/policy.ts'

/** `active` admits; `disabled` admits nobody and ends open sessions. */
export type ApiKeyState = 'active' | 'disabled'

export interface ApiKey {
  readonly apiKey: string
  /** The name that the owner gave it. */
  readonly name: string
  readonly state: ApiKeyState
  readonly policy: Policy
  /** Seconds since 1970. */
  readonly createdAt: number
}
