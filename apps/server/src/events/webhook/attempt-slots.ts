/** The most concurrent attempts. */
export const MAX_ATTEMPTS_AT_ONCE = 64
/** The most of these for one endpoint. An endpoint whose last attempt failed gets one. */
export const MAX_ATTEMPTS_OF_ENDPOINT = 8
/** The most of these for one API key, over all its endpoints. */
export const MAX_ATTEMPTS_OF_API_KEY = 16
/** The most of these for all endpoints whose last attempt failed: however many fail slowly, there is room for the others. */
export const MAX_ATTEMPTS_OF_FAILING = 32

/** How many deliveries of each endpoint are already claimed, in a claim in progress. */
export type Claimed = ReadonlyMap<string, number>

/** Distributes the concurrent attempts, so that one owner's endpoints do not delay those of others. */
export class AttemptSlots {
  readonly #apiKeyOf: (endpointId: string) => string | undefined
  /** By endpoint: attempts in progress, until their outcome is written. */
  readonly #underWay = new Map<string, number>()
  readonly #failing = new Set<string>()

  constructor(apiKeyOf: (endpointId: string) => string | undefined) {
    this.#apiKeyOf = apiKeyOf
  }

  /** How many more attempts there is room for. */
  get free(): number {
    return MAX_ATTEMPTS_AT_ONCE - this.#count(() => true, NOTHING)
  }

  /** How many more attempts an endpoint can get. */
  roomOf(endpointId: string, claimed: Claimed = NOTHING): number {
    const apiKey = this.#apiKeyOf(endpointId)
    const isFailing = this.#failing.has(endpointId)
    const ofEndpoint = this.#count((id) => id === endpointId, claimed)
    const ofApiKey = this.#count((id) => this.#apiKeyOf(id) === apiKey, claimed)
    const rooms = [(isFailing ? 1 : MAX_ATTEMPTS_OF_ENDPOINT) - ofEndpoint, MAX_ATTEMPTS_OF_API_KEY - ofApiKey]
    if (isFailing) rooms.push(MAX_ATTEMPTS_OF_FAILING - this.#count((id) => this.#failing.has(id), claimed))
    return Math.max(0, Math.min(...rooms))
  }

  take(endpointId: string): void {
    this.#underWay.set(endpointId, (this.#underWay.get(endpointId) ?? 0) + 1)
  }

  release(endpointId: string): void {
    const left = (this.#underWay.get(endpointId) ?? 0) - 1
    if (left > 0) this.#underWay.set(endpointId, left)
    else this.#underWay.delete(endpointId)
  }

  /** Records the result of an endpoint's last attempt. */
  record(endpointId: string, isTaken: boolean): void {
    if (isTaken) this.#failing.delete(endpointId)
    else this.#failing.add(endpointId)
  }

  // There are no more than {@link MAX_ATTEMPTS_AT_ONCE} of either, so this is quick.
  #count(belongs: (endpointId: string) => boolean, claimed: Claimed): number {
    let count = 0
    for (const [endpointId, attempts] of [...this.#underWay, ...claimed]) if (belongs(endpointId)) count += attempts
    return count
  }
}

const NOTHING: Claimed = new Map()
