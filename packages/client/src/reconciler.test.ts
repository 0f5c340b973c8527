import { expect, it } from 'vitest'
import { Reconciler } from './reconciler.ts'

it('takes steps until none is needed, one at a time', async () => {
  let left = 3
  let concurrent = 0
  const reconciler = new Reconciler(async () => {
    expect(++concurrent).toBe(1)
    await Promise.resolve()
    concurrent--
    return --left <= 0
  })
  await Promise.all([reconciler.run(), reconciler.run()])
  expect(left).toBeLessThanOrEqual(0)
  expect(reconciler.isRunning).toBe(false)
})

it('never misses what is wanted later, at whatever moment that is said', async () => {
  for (let turns = 0; turns < 20; turns++) {
    let wanted = 1
    let reached = 0
    const reconciler = new Reconciler(async () => {
      if (reached === wanted) return true
      const goal = wanted
      await Promise.resolve()
      reached = goal
      return false
    })
    void reconciler.run()
    for (let turn = 0; turn < turns; turn++) await Promise.resolve()
    wanted = 2
    await reconciler.run()
    expect(reached).toBe(2)
  }
})
