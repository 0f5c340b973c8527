import type { components } from '@stagedoor/admin'

export type ApiKey = components['schemas']['ApiKey']

/** The API paths to refresh after an API key has changed. */
export const API_KEY_PATHS = ['/api/v1/keys', '/api/v1/keys/{key}'] as const
