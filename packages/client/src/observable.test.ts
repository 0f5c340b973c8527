import { expect, it, vi } from 'vitest'
import { Observable } from './observable.ts'

class Bell extends Observable<{ rang: [times: number] }> {
  ring(times: number): void {
    this.emit('rang', times)
  }
}

it('a listener hears every event until it is removed', () => {
  const bell = new Bell()
  const heard: number[] = []
  const listener = (times: number) => void heard.push(times)
  const remove = bell.on('rang', listener)
  bell.ring(1)
  remove()
  bell.ring(2)
  for (const off of ['off', 'removeListener'] as const) {
    bell.on('rang', listener)
    bell.ring(3)
    bell[off]('rang', listener)
    bell.ring(4)
  }
  bell.once('rang', listener)
  bell.ring(5)
  bell.ring(6)
  expect(heard).toEqual([1, 3, 3, 5])
})

it('a listener that throws keeps no other from hearing', () => {
  const thrown: unknown[] = []
  vi.stubGlobal('queueMicrotask', (task: () => void) => {
    try {
      task()
    } catch (error) {
      thrown.push(error)
    }
  })
  const bell = new Bell()
  const heard: number[] = []
  bell.on('rang', () => {
    throw new Error('deaf')
  })
  bell.on('rang', (times) => void heard.push(times))
  bell.ring(3)
  vi.unstubAllGlobals()
  expect(heard).toEqual([3])
  expect(thrown).toEqual([new Error('deaf')])
})
