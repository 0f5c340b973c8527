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
  expect(bell.on('rang', listener)).toBe(bell)
  bell.ring(1)
  expect(bell.removeListener('rang', listener)).toBe(bell)
  bell.ring(2)
  expect(heard).toEqual([1])
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
