type Listener<Args extends readonly unknown[]> = (...args: Args) => void

/** Something that tells of events, each with the arguments that `Events` lists for it. */
export class Observable<Events extends { [Name in keyof Events]: readonly unknown[] }> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>()

  /** Calls `listener` at every such event, until it is removed. Returns this object, so that calls chain. */
  on<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): this {
    const listeners = this.#listeners.get(event) ?? new Set()
    listeners.add(listener)
    this.#listeners.set(event, listeners)
    return this
  }

  removeListener<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): this {
    this.#listeners.get(event)?.delete(listener)
    return this
  }

  /** A listener that throws keeps no other from being called: its error is reported as an uncaught one. */
  protected emit<Name extends keyof Events>(event: Name, ...args: Events[Name]): void {
    for (const listener of [...(this.#listeners.get(event) ?? [])] as Listener<Events[Name]>[]) {
      try {
        listener(...args)
      } catch (error) {
        queueMicrotask(() => {
          throw error
        })
      }
    }
  }
}
