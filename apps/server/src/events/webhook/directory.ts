import type { EventType } from '../event.ts'
import type { SealedEndpoint } from './endpoint.ts'
import type { WebhookStore } from './webhook-store.ts'

/** The endpoints in memory, so that events do not wait for the store to find their subscribers. */
export class EndpointDirectory {
  readonly #store: Pick<WebhookStore, 'listEndpoints'>
  #byId: ReadonlyMap<string, SealedEndpoint> = new Map()
  #active: ReadonlyMap<string, readonly SealedEndpoint[]> = new Map()

  constructor(store: Pick<WebhookStore, 'listEndpoints'>) {
    this.#store = store
  }

  /** Applies changes of the store. */
  async refresh(): Promise<void> {
    const all = await this.#store.listEndpoints()
    const active = new Map<string, SealedEndpoint[]>()
    for (const endpoint of all) {
      if (endpoint.state !== 'active') continue
      active.set(endpoint.apiKey, [...(active.get(endpoint.apiKey) ?? []), endpoint])
    }
    this.#byId = new Map(all.map((endpoint) => [endpoint.endpointId, endpoint]))
    this.#active = active
  }

  find(endpointId: string): SealedEndpoint | undefined {
    return this.#byId.get(endpointId)
  }

  /** The endpoints that subscribe to such an event. */
  whoWants(apiKey: string, type: EventType): readonly SealedEndpoint[] {
    const active = this.#active.get(apiKey)
    return active === undefined ? NONE : active.filter(({ types }) => types === undefined || types.includes(type))
  }

  /** The API keys with subscribers to such events. */
  apiKeysThatWant(type: EventType): readonly string[] {
    return [...this.#active.keys()].filter((apiKey) => this.whoWants(apiKey, type).length > 0)
  }
}

const NONE: readonly SealedEndpoint[] = []
