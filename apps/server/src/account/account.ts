import type { Role } from './role.ts'

/** Somebody who looks after the platform or after some of its API keys; no user of an application. */
export interface Account {
  readonly accountId: string
  /** In lower case; what one logs in with. */
  readonly email: string
  readonly name: string
  /** What it is to every API key, and to the platform; `undefined` where it is something to some alone. */
  readonly role: Role | undefined
  /** What it is to single API keys, beyond {@link role}. */
  readonly grants: readonly Grant[]
  /** Seconds since 1970. */
  readonly createdAt: number
}

export interface Grant {
  readonly apiKey: string
  readonly role: Role
}

/** An account as it lies in the store. */
export interface KeptAccount extends Account {
  /** In the PHC string format, with argon2id. */
  readonly passwordHash: string
}
