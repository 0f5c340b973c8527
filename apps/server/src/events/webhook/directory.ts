import type { EventType } from '../event.ts'
import type { SealedEndpoint } from './endpoint.ts'
import type { WebhookStore } from './webhook-store.ts'

/** The endpoints, held in memory: nothing that happens waits for the store to learn who wants to hear of it. */
export class EndpointDirectory {
  readonly #store: Pick<WebhookStore, 'listEndpoints'>
  #byId: ReadonlyMap<string, SealedEndpoint> = new Map()
  #active: ReadonlyMap<string, readonly SealedEndpoint[]> = new Map()

  constructor(store: Pick<WebhookStore, 'listEndpoints'>) {
    this.#store = store
  }

  /** Takes in what has changed in the store since. */
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

  /** Those that want to hear of such an event. */
  whoWants(apiKey: string, type: EventType): readonly SealedEndpoint[] {
    const active = this.#active.get(apiKey)
    return active === undefined ? NONE : active.filter(({ types }) => types === undefined || types.includes(type))
  }

  /** The API keys that somebody wants to hear of such events of. */
  apiKeysThatWant(type: EventType): readonly string[] {
    return [...this.#active.keys()].filter((apiKey) => this.whoWants(apiKey, type).length > 0)
  }
}

const NONE: readonly SealedEndpoint[] = []
