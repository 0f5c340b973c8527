import { expect, it } from 'vitest'
import { explainProblems, readProblem } from './explain-problems.ts'

it('without a problem there is nothing to explain', () => {
  expect(explainProblems({})).toBe('')
})

it('what is wrong with both is said once', () => {
  expect(explainProblems({ camera: 'denied', microphone: 'denied' })).toBe(
    'The browser blocked access to your camera or microphone. Allow it in the site settings next to the address, or join without them.',
  )
})

it('a camera and a microphone with different problems are explained one after the other', () => {
  expect(explainProblems({ camera: 'missing', microphone: 'denied' })).toBe(
    'No camera found. Connect one, or join without it. The browser blocked access to your microphone. Allow it in the site settings next to the address, or join without it.',
  )
})

it.each([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['AbortError', 'failed'],
] as const)('%s of the browser means %s', (name, problem) => {
  expect(readProblem(new DOMException('', name))).toBe(problem)
})

it('something else that was thrown is a failure', () => {
  expect(readProblem('no')).toBe('failed')
})
