/**
 * Brings something to what is wanted, one step at a time. `step` makes the next one, and resolves with whether none was needed. It never
 * rejects. What is wanted may change at any time: call `run` then.
 */
export class Reconciler {
  readonly #step: () => Promise<boolean>
  #running: Promise<void> | undefined
  #isAskedAgain = false

  constructor(step: () => Promise<boolean>) {
    this.#step = step
  }

  get isRunning(): boolean {
    return this.#running !== undefined
  }

  /** Resolves when everything is as wanted, or cannot be. */
  run(): Promise<void> {
    this.#isAskedAgain = true
    this.#running ??= this.#loop()
    return this.#running
  }

  async #loop(): Promise<void> {
    while (this.#isAskedAgain) {
      this.#isAskedAgain = false
      while (!(await this.#step()));
    }
    // In the same turn as the last check, so that a later call starts another loop.
    this.#running = undefined
  }
}
