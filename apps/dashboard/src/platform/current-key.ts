import { useEffect } from 'react'
import { BASE_PATH } from './platform-url.ts'
import { useAnswer } from './use-answer.ts'

const NAME = `stagedoor${BASE_PATH}.api-key`

/** Returns the API key of the current page. On a page of the platform, the last one, also after a reload. */
export function useCurrentKey(ofPage: string | undefined): string | undefined {
  const key = ofPage ?? localStorage.getItem(NAME) ?? undefined
  const { data, error } = useAnswer('/api/v1/keys/{key}', [{ params: { path: { key: key ?? '' } } }], {
    enabled: key !== undefined,
  })
  const isKnown = data !== undefined && error === null
  useEffect(() => {
    if (ofPage !== undefined && isKnown) localStorage.setItem(NAME, ofPage)
    // It was deleted, or belongs to an account that was logged in before.
    if (ofPage === undefined && error !== null) forgetKey()
  }, [ofPage, isKnown, error])
  return ofPage ?? (isKnown ? key : undefined)
}

/** Forgets the last API key, for the next person to log in. */
export function forgetKey(): void {
  localStorage.removeItem(NAME)
}
