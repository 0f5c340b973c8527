import { AdminError } from '@stagedoor/admin'
import { QueryCache, QueryClient } from '@tanstack/react-query'

const STALE_MS = 10_000

/** Returns whether an error means that the login has ended. */
export function isLoggedOut(error: unknown): boolean {
  return error instanceof AdminError && error.status === 401
}

/** The cache of API answers. When a request finds that the login has ended, `/me` is refreshed, which leads to the login page. */
export const questions: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      if (isLoggedOut(error) && query.queryKey[0] !== ME) void questions.invalidateQueries({ queryKey: [ME] })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      // A refused request would be refused again. One that did not arrive may succeed.
      retry: (failures, error) => !(error instanceof AdminError && error.status < 500) && failures < 2,
    },
    // Offline, a change fails at once: sent later, it could create a secret that no one sees.
    mutations: { networkMode: 'always' },
  },
})

export const ME = '/api/v1/me'
