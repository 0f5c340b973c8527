import type { components } from '@stagedoor/admin'
import { createContext, type ReactNode, useContext } from 'react'

export type Right = components['schemas']['Me']['rights'][number]
export type Me = components['schemas']['Me']

const MeContext = createContext<Me | undefined>(undefined)

export const MeProvider = MeContext.Provider

/** Returns the account that is logged in. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (me === undefined) throw new Error('useMe needs a MeProvider')
  return me
}

/** Returns whether the logged-in account has a right: for an API key, or for the platform if none is given. */
export function useMay(right: Right, apiKey?: string): boolean {
  return may(useMe(), right, apiKey)
}

export function may(me: Me, right: Right, apiKey?: string): boolean {
  if (me.rights.includes(right)) return true
  return me.grants.some((grant) => grant.apiKey === apiKey && grant.rights.includes(right))
}

interface MayProps {
  readonly right: Right
  readonly apiKey?: string
  readonly children: ReactNode
}

/** Shows its children only to those with the right, so that no one sees a button that would be refused. */
export function May({ right, apiKey, children }: MayProps): ReactNode {
  return useMay(right, apiKey) ? children : null
}
