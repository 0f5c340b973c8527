import type { FetchOptions } from 'openapi-fetch'
import type { FilterKeys, HttpMethod, PathsWithMethod, RequiredKeysOf } from 'openapi-typescript-helpers'
import type { paths } from './schema.ts'

/** The routes that support a method. */
export type PathOf<Method extends HttpMethod> = PathsWithMethod<paths, Method>

/** The options of a request: `params` (path, query and headers), `body`, and the options of `fetch`. */
type Init<Path extends keyof paths, Method extends HttpMethod> = FetchOptions<FilterKeys<paths[Path], Method>>

/** The same, optional if nothing is required. */
export type InitArgument<Path extends keyof paths, Method extends HttpMethod> =
  RequiredKeysOf<Init<Path, Method>> extends never ? [init?: Init<Path, Method>] : [init: Init<Path, Method>]

type Operation<Path extends keyof paths, Method extends HttpMethod> = paths[Path][Method & keyof paths[Path]]

/** The body of a successful response. */
export type Answer<Path extends keyof paths, Method extends HttpMethod> =
  Operation<Path, Method> extends { readonly responses: infer Responses }
    ? { [Status in keyof Responses & Success]: BodyOf<Responses[Status]> }[keyof Responses & Success]
    : never

type Success = 200 | 201
type BodyOf<Response> = Response extends { readonly content: { readonly 'application/json': infer Body } }
  ? Body
  : never

/** Sends a request and returns the body of the response. */
export type AdminMethod<Method extends HttpMethod> = <Path extends PathOf<Method>>(
  path: Path,
  ...init: InitArgument<Path, Method>
) => Promise<Answer<Path, Method>>

/** The routes that return a list in pages. */
export type ListPath = {
  [Path in PathOf<'get'>]: Answer<Path, 'get'> extends Page<unknown> ? Path : never
}[PathOf<'get'>]

export interface Page<Item> {
  readonly items: readonly Item[]
  readonly nextCursor: string | null
}

/** The type of a list's items. */
export type ItemOf<Path extends ListPath> = Answer<Path, 'get'> extends Page<infer Item> ? Item : never
