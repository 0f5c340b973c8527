import type { Answer, InitArgument, ItemOf, ListPath } from '@stagedoor/admin'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { admin } from './admin.ts'

/** A list of the API that loads further pages on request. */
export interface Pages<Item> {
  /** `undefined` until the first page has arrived. */
  readonly items: readonly Item[] | undefined
  /** How many items match, if the API says so. */
  readonly total: number | undefined
  readonly error: Error | null
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  /** Whether the items are those of an earlier query, while the current one is loading. */
  readonly isEarlier: boolean
  loadMore(): void
  reload(): void
}

// The types of `get` depend on the path. Here every list is read the same way.
const get = admin.get as unknown as (path: string, init: object) => Promise<unknown>

interface Options {
  readonly enabled?: boolean
  readonly refetchInterval?: number
}

/**
 * Reads a list that the API sorts and filters.
 *
 * @example usePages('/api/v1/keys/{key}/refusals', [{ params: { path: { key }, query: { userId } } }])
 */
export function usePages<Path extends ListPath>(
  path: Path,
  init: InitArgument<Path, 'get'>,
  options: Options = {},
): Pages<ItemOf<Path>> & { readonly last: Answer<Path, 'get'> | undefined } {
  const [first] = init as readonly [{ readonly params?: { readonly query?: object } }?]
  const query = useInfiniteQuery({
    queryKey: [path, first, 'pages'],
    initialPageParam: undefined as string | undefined,
    queryFn({ pageParam: cursor }) {
      const asked = {
        ...first,
        params: { ...first?.params, query: { ...first?.params?.query, ...(cursor && { cursor }) } },
      }
      return get(path, asked) as Promise<PageAnswer<ItemOf<Path>>>
    },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    placeholderData: keepPreviousData,
    ...options,
  })
  const pages = query.data?.pages
  const items = useMemo(() => pages?.flatMap((page) => page.items), [pages])
  return {
    items,
    total: pages?.at(-1)?.total,
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    isEarlier: query.isPlaceholderData,
    loadMore: () => void query.fetchNextPage({ cancelRefetch: false }),
    reload: () => void query.refetch(),
    // The page as it was answered, with whatever else it says.
    last: pages?.at(-1) as Answer<Path, 'get'> | undefined,
  }
}

interface PageAnswer<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
  readonly total?: number
}
