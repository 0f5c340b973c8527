import { AdminError } from '@stagedoor/admin'
import { QueryCache, QueryClient } from '@tanstack/react-query'

const STALE_MS = 10_000

/** Whether an answer says that the login has ended. */
export function isLoggedOut(error: unknown): boolean {
  return error instanceof AdminError && error.status === 401
}

/** What was asked and answered. Where a login has ended meanwhile, the page asks who is there, and so comes to the login. */
export const questions: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError(error, query) {
      if (isLoggedOut(error) && query.queryKey[0] !== ME) void questions.invalidateQueries({ queryKey: [ME] })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: STALE_MS,
      // What the platform has refused it refuses again; what did not arrive may.
      retry: (failures, error) => !(error instanceof AdminError && error.status < 500) && failures < 2,
    },
    // A change fails at once where there is no network: kept for later, it might make a secret that nobody is there to see.
    mutations: { networkMode: 'always' },
  },
})

export const ME = '/api/v1/me'
