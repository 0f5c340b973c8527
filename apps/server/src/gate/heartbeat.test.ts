import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Connection } from './connection.ts'
import { HEARTBEAT_MS, startHeartbeat } from './heartbeat.ts'

/** As much of a WebSocket as a heartbeat sees: whether it answers a ping is up to the test. */
class PatientSocket {
  readonly OPEN = 1
  readyState = 1
  answers = true
  readonly closed: number[] = []
  pings = 0
  readonly #listeners: (() => void)[] = []

  on(_event: string, listener: () => void): void {
    this.#listeners.push(listener)
  }

  listenerCount(): number {
    return this.#listeners.length
  }

  ping(): void {
    this.pings++
    if (this.answers) for (const listen of this.#listeners) listen.call(this)
  }

  close(code: number): void {
    this.closed.push(code)
    this.readyState = 2
  }

  terminate(): void {}
}

function connect(client?: { readonly address: string }): { socket: PatientSocket; connection: Connection } {
  const socket = new PatientSocket()
  return { socket, connection: new Connection(socket as never, client) }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the heartbeat', () => {
  it('keeps a client that answers, and closes one that does not by the second beat', () => {
    const [alive, dead] = [connect(), connect()]
    dead.socket.answers = false
    const stop = startHeartbeat(new Set([alive.connection, dead.connection]))
    vi.advanceTimersByTime(HEARTBEAT_MS)
    expect([alive.socket.closed, dead.socket.closed]).toEqual([[], []])
    vi.advanceTimersByTime(HEARTBEAT_MS)
    vi.advanceTimersByTime(1)
    expect([alive.socket.closed, dead.socket.closed]).toEqual([[], [4409]])
    stop()
    vi.advanceTimersByTime(10 * HEARTBEAT_MS)
    expect(alive.socket.pings).toBe(2)
  })

  it('counts a message as a sign of life, as much as a pong', () => {
    const { socket, connection } = connect()
    socket.answers = false
    const stop = startHeartbeat(new Set([connection]))
    for (let beat = 0; beat < 4; beat++) {
      vi.advanceTimersByTime(HEARTBEAT_MS)
      connection.alive = true
    }
    expect([socket.closed, socket.listenerCount()]).toEqual([[], 1])
    stop()
  })

  it('is asked where it comes from at the first beat, since it knows that no more when it is gone', () => {
    let asked = 0
    const client = {
      get address() {
        asked++
        return '192.0.2.7'
      },
    }
    const stop = startHeartbeat(new Set([connect(client).connection]))
    expect(asked).toBe(0)
    vi.advanceTimersByTime(HEARTBEAT_MS * 3)
    expect(asked).toBe(1)
    stop()
  })
})
