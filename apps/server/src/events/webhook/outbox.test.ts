import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../clock.ts'
import { StoreDownError } from '../../store-down.ts'
import type { PlatformEvent } from '../event.ts'
import type { NewDelivery, Overflow } from './delivery.ts'
import type { SealedEndpoint } from './endpoint.ts'
import { createIdGenerator } from './generate-id.ts'
import { MAX_DELIVERIES_PER_WRITE, MAX_UNWRITTEN_DELIVERIES, OUTBOX_SECONDS, Outbox } from './outbox.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

function open(endpointIds = ['ep_one']) {
  const written: (readonly NewDelivery[])[] = []
  const [onWritten, onError, onLost] = [vi.fn(), vi.fn(), vi.fn()]
  const onOverflow = vi.fn()
  const overflows: Overflow[][] = []
  let fails = false
  const outbox = new Outbox({
    store: {
      async addDeliveries(deliveries) {
        if (fails) throw new StoreDownError('no answer')
        written.push(deliveries)
        return overflows.shift() ?? []
      },
    },
    directory: { whoWants: () => endpointIds.map((endpointId) => ({ endpointId }) as SealedEndpoint) },
    clock: systemClock,
    generateId: createIdGenerator(systemClock.now),
    onWritten,
    onOverflow,
    onError,
    onSetAside: () => {},
    onLost,
  })
  const add = (times = 1, rest: Partial<PlatformEvent> = {}) => {
    for (let time = 0; time < times; time++) {
      const { apiKey = 'shop', type = 'session.opened', ...facts } = rest
      outbox.add(apiKey, type, () => ({ orderingKey: 's', at: 1.5, data: { sessionId: 's' }, ...facts }))
    }
  }
  return {
    outbox,
    add,
    onWritten,
    onOverflow,
    overflows,
    onError,
    onSetAside: () => {},
    onLost,
    written: () => written.splice(0),
    fail: (now: boolean) => {
      fails = now
    },
  }
}

const beat = () => vi.advanceTimersByTimeAsync(OUTBOX_SECONDS * 1000)

describe('an event', () => {
  it('is written in the background for each subscribed endpoint, under one message id', async () => {
    const { add, written, onWritten } = open(['ep_one', 'ep_two'])
    add()
    expect(written()).toEqual([])
    await beat()
    const [[one, two] = []] = written()
    expect([one?.endpointId, two?.endpointId]).toEqual(['ep_one', 'ep_two'])
    expect(one?.messageId).toMatch(/^msg_/)
    expect(two?.messageId).toBe(one?.messageId)
    expect(JSON.parse(one?.payload ?? '')).toEqual({
      type: 'session.opened',
      timestamp: '1970-01-01T00:00:01.500Z',
      data: { apiKey: 'shop', sessionId: 's' },
    })
    expect(onWritten).toHaveBeenCalledOnce()
  })

  it('is not written if no endpoint subscribes to it', async () => {
    const { add, written } = open([])
    add()
    expect(vi.getTimerCount()).toBe(0)
    await beat()
    expect(written()).toEqual([])
  })

  it('waits in memory while the store is down, and is written in order afterwards', async () => {
    const { add, written, fail, onError } = open()
    fail(true)
    add(MAX_DELIVERIES_PER_WRITE)
    await beat()
    add()
    await beat()
    expect(written()).toEqual([])
    expect(onError).toHaveBeenCalledOnce()
    fail(false)
    await beat()
    await vi.advanceTimersByTimeAsync(1)
    const batches = written()
    expect(batches.map(({ length }) => length)).toEqual([MAX_DELIVERIES_PER_WRITE, 1])
    const ids = batches.flat().map(({ deliveryId }) => deliveryId)
    expect(ids).toEqual([...ids].sort())
  })

  it('is reported if it displaces older deliveries, once for several in a row', async () => {
    const { add, onOverflow, overflows } = open()
    const overflow = { endpointId: 'ep_one', count: 1 }
    overflows.push([], [overflow], [overflow], [], [overflow])
    const told: number[] = []
    for (let time = 0; time < 5; time++) {
      add()
      await beat()
      told.push(onOverflow.mock.calls.length)
    }
    expect(told).toEqual([0, 1, 1, 1, 2])
    expect(onOverflow).toHaveBeenCalledWith(overflow)
  })

  it('is lost beyond a limit, which is reported once', async () => {
    const { add, written, fail, onLost, outbox } = open()
    fail(true)
    add(MAX_UNWRITTEN_DELIVERIES)
    expect(onLost).not.toHaveBeenCalled()
    add(2)
    expect(onLost).toHaveBeenCalledOnce()
    fail(false)
    await outbox.close()
    expect(written().flat()).toHaveLength(MAX_UNWRITTEN_DELIVERIES)
  })
})
