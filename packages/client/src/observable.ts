type Listener<Args extends readonly unknown[]> = (...args: Args) => void

/** Something that emits events, each with the arguments that `Events` lists for it. */
export class Observable<Events extends { [Name in keyof Events]: readonly unknown[] }> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>()

  /** Calls `listener` at every such event. Returns a function that removes it. */
  on<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): () => void {
    const listeners = this.#listeners.get(event) ?? new Set()
    listeners.add(listener)
    this.#listeners.set(event, listeners)
    return () => this.off(event, listener)
  }

  /** Calls `listener` at the next such event only. Returns a function that removes it. */
  once<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): () => void {
    const remove = this.on(event, (...args) => {
      remove()
      listener(...args)
    })
    return remove
  }

  /** Removes a listener that was added with `on`. */
  off<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): void {
    const listeners = this.#listeners.get(event)
    listeners?.delete(listener)
    if (listeners?.size === 0) this.#listeners.delete(event)
  }

  /** The same as `off`, by the name that it has in ApiRTC. */
  removeListener<Name extends keyof Events>(event: Name, listener: Listener<Events[Name]>): void {
    this.off(event, listener)
  }

  /** Whether anybody listens to an event. */
  protected isHeard(event: keyof Events): boolean {
    return this.#listeners.has(event)
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
