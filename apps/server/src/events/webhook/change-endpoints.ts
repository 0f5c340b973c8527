import { randomBytes } from 'node:crypto'
import { type ChangeContext, DomainError, requireApiKey } from '../../api-key/change-context.ts'
import type { EventType } from '../event.ts'
import {
  type Endpoint,
  type EndpointSecrets,
  type EndpointState,
  MAX_ENDPOINT_SECRETS,
  MAX_ENDPOINTS,
  ROTATION_SECONDS,
  type SealedEndpoint,
} from './endpoint.ts'
import { readEndpointUrl } from './read-endpoint-url.ts'
import { openSecrets, sealSecrets } from './seal-secrets.ts'
import type { WebhookStore } from './webhook-store.ts'

/** The context of a change of webhook endpoints. */
export interface EndpointContext extends Omit<ChangeContext, 'store'> {
  readonly store: Pick<ChangeContext['store'], 'findApiKey'> & WebhookStore
}

export interface EndpointOptions {
  readonly url: string
  /** Default: all. */
  readonly types?: readonly EventType[] | undefined
  readonly description?: string | undefined
}

/**
 * Creates an endpoint. Its secret is shown only once.
 *
 * @throws {DomainError} if the URL cannot be used or there are too many endpoints.
 */
export async function createEndpoint(
  { store, seal, now }: EndpointContext,
  apiKey: string,
  { url, types, description = '' }: EndpointOptions,
  toPrivate: boolean,
): Promise<{ readonly endpoint: Endpoint; readonly secret: string }> {
  await requireApiKey(store, apiKey)
  const href = readEndpointUrl(url, toPrivate)
  if ((await store.listEndpoints(apiKey)).length >= MAX_ENDPOINTS) {
    throw new DomainError(`${apiKey} has ${MAX_ENDPOINTS} webhooks, which is the maximum. Delete one first`, {
      reason: 'conflict',
    })
  }
  const endpoint = {
    endpointId: `ep_${randomBytes(12).toString('hex')}`,
    apiKey,
    url: href,
    types,
    description,
    state: 'active' as const,
    isGone: false,
    createdAt: Math.floor(now()),
  }
  const secret = generateSecret()
  await store.addEndpoint({ ...endpoint, ...sealSecrets(seal, endpoint, [{ secret }]) })
  return { endpoint, secret }
}

/** A change of an endpoint. `types: null` means every type. */
export interface EndpointAlteration {
  readonly url?: string | undefined
  readonly types?: readonly EventType[] | null | undefined
  readonly description?: string | undefined
  readonly state?: EndpointState | undefined
}

/** Changes the named settings. Returns the endpoint after the change. */
export async function changeEndpoint(
  { store }: EndpointContext,
  before: Endpoint,
  { url, types, description, state }: EndpointAlteration,
  toPrivate: boolean,
): Promise<Endpoint> {
  const change = {
    ...(url !== undefined && { url: readEndpointUrl(url, toPrivate) }),
    ...(types !== undefined && { types: types ?? undefined }),
    ...(description !== undefined && { description }),
    // Changing the state also clears the mark that the endpoint answered 410.
    ...(state !== undefined && { state, isGone: false }),
  }
  if (Object.keys(change).length > 0) await store.changeEndpoint(before.apiKey, before.endpointId, change)
  return { ...before, ...change }
}

/**
 * Creates another secret for an endpoint, which is shown only once. The old one also signs for a day.
 *
 * @throws {DomainError} if too many secrets are in use.
 */
export async function rotateEndpointSecret(
  { store, seal, now }: EndpointContext,
  endpoint: SealedEndpoint,
): Promise<{ readonly secret: string; readonly previousUntil: number }> {
  const { apiKey, endpointId } = endpoint
  const before = secretsInUse(openSecrets(seal, endpoint), now())
  if (before.length >= MAX_ENDPOINT_SECRETS) {
    throw new DomainError(
      `${MAX_ENDPOINT_SECRETS} secrets of this webhook are in use, which is the maximum. Wait until one has expired`,
      { reason: 'conflict' },
    )
  }
  const secret = generateSecret()
  const previousUntil = Math.floor(now()) + ROTATION_SECONDS
  const ending = before.map((one) => ({ ...one, until: one.until ?? previousUntil }))
  await store.changeEndpoint(apiKey, endpointId, sealSecrets(seal, endpoint, [{ secret }, ...ending]))
  return { secret, previousUntil }
}

/** Returns the secrets that sign now, the newest first. */
export function secretsInUse(secrets: EndpointSecrets, now: number): EndpointSecrets {
  return secrets.filter(({ until }) => until === undefined || until > now)
}

// Standard Webhooks wants 24 to 64 random bytes, in base64 behind this prefix.
function generateSecret(): string {
  return `whsec_${randomBytes(32).toString('base64')}`
}
