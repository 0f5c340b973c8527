import type { Clock } from '../clock.ts'

/** Something that is due at a time. It stores its own position, so that a queue of thousands is one array. */
export interface Timed {
  /** Seconds since 1970. */
  dueAt: number
  /** Its position in the queue; {@link NOT_QUEUED} while it is in none. */
  place: number
}

export const NOT_QUEUED = -1

/**
 * What is due, one after another, by one timer for the whole of it: a timer of its own for each would be most of what a session
 * that does nothing holds in memory. The list is a binary heap, the next one first.
 */
export class DeadlineQueue<T extends Timed> {
  readonly #list: T[] = []
  readonly #clock: Clock
  readonly #onDue: (item: T) => void
  #wakesAt = Number.POSITIVE_INFINITY
  #cancel = (): void => {}

  /** @param onDue called with each item when it is due; by then it has left the queue, and can be added again. */
  constructor(clock: Clock, onDue: (item: T) => void) {
    this.#clock = clock
    this.#onDue = onDue
  }

  /** Puts down when it is due, in the place of what was put down before. */
  put(item: T, dueAt: number): void {
    this.remove(item)
    item.dueAt = dueAt
    this.#rise(item, this.#list.length)
    if (dueAt < this.#wakesAt) this.#wakeAt(dueAt)
  }

  /** Strikes it out, if it is there. */
  remove(item: T): void {
    const { place } = item
    if (place === NOT_QUEUED) return
    item.place = NOT_QUEUED
    const last = this.#list.pop() as T
    if (last !== item) this.#settle(last, place)
    // A timer for an entry that was removed finds nothing due. It is cancelled only if no entry is left.
    if (this.#list.length === 0) this.#sleep()
  }

  #wake(): void {
    this.#wakesAt = Number.POSITIVE_INFINITY
    const now = this.#clock.now()
    try {
      for (let next = this.#list[0]; next !== undefined && next.dueAt <= now; next = this.#list[0]) {
        this.remove(next)
        this.#onDue(next)
      }
    } finally {
      // Also where one of them throws: the others must not be forgotten for it.
      const [next] = this.#list
      if (next !== undefined && next.dueAt < this.#wakesAt) this.#wakeAt(next.dueAt)
    }
  }

  #wakeAt(dueAt: number): void {
    this.#cancel()
    this.#wakesAt = dueAt
    this.#cancel = this.#clock.after(Math.max(0, dueAt - this.#clock.now()), () => this.#wake())
  }

  #sleep(): void {
    this.#cancel()
    this.#wakesAt = Number.POSITIVE_INFINITY
  }

  #settle(item: T, place: number): void {
    if (this.#rise(item, place) === place) this.#sink(item, place)
  }

  #rise(item: T, from: number): number {
    let place = from
    while (place > 0) {
      const above = this.#list[(place - 1) >> 1] as T
      if (above.dueAt <= item.dueAt) break
      this.#set(above, place)
      place = (place - 1) >> 1
    }
    this.#set(item, place)
    return place
  }

  #sink(item: T, from: number): void {
    let place = from
    for (;;) {
      const below = this.#earlierOf(2 * place + 1, 2 * place + 2)
      if (below === undefined || below.dueAt >= item.dueAt) break
      const next = below.place
      this.#set(below, place)
      place = next
    }
    this.#set(item, place)
  }

  #earlierOf(left: number, right: number): T | undefined {
    const one = this.#list[left]
    const other = this.#list[right]
    return other === undefined || (one as T).dueAt <= other.dueAt ? one : other
  }

  #set(item: T, place: number): void {
    this.#list[place] = item
    item.place = place
  }
}
