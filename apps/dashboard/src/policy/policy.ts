import type { components } from '@stagedoor/admin'

type KeptPolicy = components['schemas']['ApiKey']['policy']

/** A policy as the platform stores it, or as a form holds it: there, optional settings can be `undefined`. */
export type Policy = Omit<KeptPolicy, 'origins' | 'sessionsPerUser'> & {
  readonly origins?: readonly string[] | undefined
  readonly sessionsPerUser?: KeptPolicy['sessionsPerUser'] | undefined
}
