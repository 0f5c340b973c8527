import { describe, expect, it } from 'vitest'
import { Metrics, type Present } from './metrics.ts'

const PRESENT = { storeIsUp: true, sessions: 1, sockets: 2, conversations: 3, marksWaiting: 4, keyUsesWaiting: 5 }

async function linesOf(metrics: Metrics): Promise<string[]> {
  return (await metrics.write()).split('\n').filter((line) => line.startsWith('stagedoor_'))
}

function watched(look: () => Present, exchangeOutcomes?: readonly string[]): Metrics {
  const metrics = new Metrics(exchangeOutcomes)
  metrics.watch(look)
  return metrics
}

describe('the metrics of a platform', () => {
  it('show the current state when they are read', async () => {
    let present: Present = PRESENT
    const metrics = watched(() => present)
    const gauges = ['sessions 1', 'sockets 2', 'conversations 3', 'store_up 1', 'marks_waiting 4', 'key_uses_waiting 5']
    expect(await linesOf(metrics)).toEqual(expect.arrayContaining(gauges.map((gauge) => `stagedoor_${gauge}`)))
    present = { ...PRESENT, storeIsUp: false, sessions: 0 }
    expect(await linesOf(metrics)).toEqual(expect.arrayContaining(['stagedoor_store_up 0', 'stagedoor_sessions 0']))
  })

  it('are up to date, although durations are recorded in batches', async () => {
    const metrics = watched(() => PRESENT)
    for (let at = 0; at < 3; at++) metrics.verified(20e-6)
    metrics.admitted(0.002)
    for (let reading = 0; reading < 2; reading++) {
      expect(await linesOf(metrics)).toEqual(
        expect.arrayContaining([
          'stagedoor_admissions_total 1',
          'stagedoor_verify_duration_seconds_bucket{le="0.00001"} 0',
          'stagedoor_verify_duration_seconds_bucket{le="0.000025"} 3',
          'stagedoor_admission_duration_seconds_bucket{le="0.001"} 0',
          'stagedoor_admission_duration_seconds_bucket{le="0.0025"} 1',
        ]),
      )
    }
  })

  it('include every refusal code from the start', async () => {
    const metrics = watched(() => PRESENT)
    metrics.refused('token_expired')
    expect(await linesOf(metrics)).toEqual(
      expect.arrayContaining([
        'stagedoor_refusals_total{code="token_expired"} 1',
        'stagedoor_refusals_total{code="token_revoked"} 0',
      ]),
    )
  })

  it('include every outcome of an exchange from the start', async () => {
    const metrics = watched(() => PRESENT, ['exchanged', 'token_expired'])
    metrics.exchanged('token_expired')
    expect(await linesOf(metrics)).toEqual(
      expect.arrayContaining([
        'stagedoor_token_exchanges_total{outcome="exchanged"} 0',
        'stagedoor_token_exchanges_total{outcome="token_expired"} 1',
      ]),
    )
  })
})
