import { expect, it } from 'vitest'
import { captureConstraints } from './capture.ts'

it('camera and microphone are both asked for, unless one is switched off', () => {
  expect(captureConstraints({})).toEqual({ audio: true, video: true })
  expect(captureConstraints({ constraints: { video: false }, videoInputId: 'camera 1' })).toEqual({
    audio: true,
    video: false,
  })
})

it('a device that is chosen goes together with the other constraints', () => {
  const constraints = { audio: true, video: { width: 640 } }
  expect(captureConstraints({ constraints, audioInputId: 'mic 1', facingMode: 'environment' })).toEqual({
    audio: { deviceId: { exact: 'mic 1' } },
    video: { width: 640, facingMode: 'environment' },
  })
})

it('a camera that is chosen by its id may look any way', () => {
  expect(captureConstraints({ videoInputId: 'camera 1', facingMode: 'user' }).video).toEqual({
    deviceId: { exact: 'camera 1' },
  })
})
