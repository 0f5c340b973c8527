import type { components } from '@stagedoor/admin'
import { createContext, type ReactNode, useContext } from 'react'

export type Right = components['schemas']['Me']['rights'][number]
export type Me = components['schemas']['Me']

const MeContext = createContext<Me | undefined>(undefined)

export const MeProvider = MeContext.Provider

/** The account that is logged in. */
export function useMe(): Me {
  const me = useContext(MeContext)
  if (me === undefined) throw new Error('Nobody is logged in here')
  return me
}

/** Whether who is logged in may do that: to an API key, or without one to the platform. */
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

/** Shows what it holds to those who may do it; nobody sees a button that would be refused. */
export function May({ right, apiKey, children }: MayProps): ReactNode {
  return useMay(right, apiKey) ? children : null
}
