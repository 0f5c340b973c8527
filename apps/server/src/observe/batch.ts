/** How many figures are kept before they are handed on. */
export const BATCH_SIZE = 256

/**
 * Figures that are noted where every microsecond counts, and handed on many at a time: what runs once in a while is slow, and
 * what runs in a row is fast.
 */
export class Batch {
  readonly #figures = new Float64Array(BATCH_SIZE)
  readonly #handOn: (figure: number) => void
  #count = 0

  constructor(handOn: (figure: number) => void) {
    this.#handOn = handOn
  }

  add(figure: number): void {
    this.#figures[this.#count++] = figure
    if (this.#count === BATCH_SIZE) this.flush()
  }

  /** Hands on what there is. */
  flush(): void {
    const count = this.#count
    this.#count = 0
    for (let at = 0; at < count; at++) this.#handOn(this.#figures[at] as number)
  }
}
