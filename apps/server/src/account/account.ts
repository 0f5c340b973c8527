import type { Role } from './role.ts'

/** A person or program that manages the platform or some of its API keys; not a user of an application. */
export interface Account {
  readonly accountId: string
  /** The login name, in lower case. */
  readonly email: string
  readonly name: string
  /** The role for every API key and for the platform; `undefined` if it has roles for single API keys only. */
  readonly role: Role | undefined
  /** Roles for single API keys, in addition to {@link role}. */
  readonly grants: readonly Grant[]
  /** Seconds since 1970. */
  readonly createdAt: number
}

export interface Grant {
  readonly apiKey: string
  readonly role: Role
}

/** An account as stored. */
export interface KeptAccount extends Account {
  /** An argon2id hash, in the PHC string format. */
  readonly passwordHash: string
}
