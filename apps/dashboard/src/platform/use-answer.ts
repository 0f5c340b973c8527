import type { Answer, InitArgument, PathOf } from '@stagedoor/admin'
import { type UseQueryOptions, type UseQueryResult, useQuery } from '@tanstack/react-query'
import { admin } from './admin.ts'

type Options<T> = Pick<UseQueryOptions<T, Error>, 'enabled' | 'refetchInterval' | 'placeholderData' | 'staleTime'>

/**
 * Reads from the API, and caches the answer by path and parameters.
 *
 * @example useAnswer('/api/v1/keys/{key}', [{ params: { path: { key } } }])
 */
export function useAnswer<Path extends PathOf<'get'>>(
  path: Path,
  init: InitArgument<Path, 'get'>,
  options: Options<Answer<Path, 'get'>> = {},
): UseQueryResult<Answer<Path, 'get'>, Error> {
  return useQuery<Answer<Path, 'get'>, Error>({
    queryKey: [path, ...init],
    queryFn: () => admin.get(path, ...init),
    ...options,
  })
}
