import type { components } from '@stagedoor/admin'

export type ApiKey = components['schemas']['ApiKey']

/** What a change of an API key touches. */
export const API_KEY_PATHS = ['/api/v1/keys', '/api/v1/keys/{key}'] as const
