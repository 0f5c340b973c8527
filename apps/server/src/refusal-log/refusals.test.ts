import { describe, expect, it } from 'vitest'
import { reportOf } from './refusal.fixture.ts'
import { MAX_REFUSALS, MAX_REFUSALS_PER_API_KEY, REPETITION_SECONDS, Refusals } from './refusals.ts'

function keep(...reports: ReturnType<typeof reportOf>[]) {
  const refusals = new Refusals((apiKey) => !apiKey.startsWith('nobody'))
  for (const report of reports) refusals.note(report)
  return refusals
}

/** That many different refusals of one API key. */
function many(count: number, apiKey: string) {
  return Array.from({ length: count }, (_none, at) => reportOf({ apiKey, userId: `user ${at}` }))
}

const EVERYTHING = { limit: Number.POSITIVE_INFINITY }

describe('a refusal', () => {
  it('is found by its id, with all its data', () => {
    const report = reportOf()
    const { at, isProven: _told, ...rest } = report
    expect(keep(report).find(report.refusalId)).toEqual({
      ...rest,
      latestRefusalId: report.refusalId,
      firstAt: at,
      lastAt: at,
      count: 1,
    })
    expect(keep(report).find('rf_none')).toBeUndefined()
  })

  it('is counted if it repeats, and found by its first and latest id', () => {
    const [first, second, third] = [reportOf(), reportOf({ at: 1_010 }), reportOf({ at: 1_020, message: 'later' })]
    const refusals = keep(first, second, third)
    const record = refusals.find(first.refusalId)
    expect(record).toMatchObject({ count: 3, firstAt: 1_000, lastAt: 1_020, message: 'later' })
    expect(refusals.find(third.refusalId)).toBe(record)
    expect(refusals.find(second.refusalId)).toBeUndefined()
    expect(refusals.list(EVERYTHING).total).toBe(1)
  })

  it(`repeats one from less than ${REPETITION_SECONDS} s ago, but not an older one`, () => {
    const first = reportOf({ at: 0 })
    const [within, beyond] = [reportOf({ at: REPETITION_SECONDS - 1 }), reportOf({ at: REPETITION_SECONDS })]
    const refusals = keep(first, within, beyond)
    expect(refusals.find(first.refusalId)).toMatchObject({ count: 2 })
    expect(refusals.find(beyond.refusalId)).toMatchObject({ count: 1 })
    refusals.note(reportOf({ at: REPETITION_SECONDS + 1 }))
    expect(refusals.find(beyond.refusalId)).toMatchObject({ count: 2 })
  })

  it.each([
    ['API key', { apiKey: 'other' }],
    ['user id', { userId: 'bob' }],
    ['code', { code: 'signature_invalid' }],
    ['address', { address: '192.0.2.8' }],
    ['origin', { origin: undefined }],
    ['proof', { isProven: false }],
  ] as const)('of another %s is another one', (_what, difference) => {
    expect(keep(reportOf(), reportOf(difference)).list(EVERYTHING).total).toBe(2)
  })
})

describe('the kept refusals', () => {
  it('are listed by API key, code and user, the latest first, up to a limit', () => {
    const one = reportOf()
    const two = reportOf({ userId: 'bob', code: 'token_missing' })
    const three = reportOf({ apiKey: 'other' })
    const refusals = keep(one, two, three)
    const ids = (filter: object) =>
      refusals.list({ ...EVERYTHING, ...filter }).refusals.map(({ refusalId }) => refusalId)
    expect(ids({})).toEqual([three, two, one].map(({ refusalId }) => refusalId))
    expect(ids({ apiKey: 'shop' })).toEqual([two.refusalId, one.refusalId])
    expect(ids({ code: 'token_missing' })).toEqual([two.refusalId])
    expect(ids({ userId: 'alice', apiKey: 'other' })).toEqual([three.refusalId])
    expect(refusals.list({ limit: 1 })).toMatchObject({ refusals: [{ refusalId: three.refusalId }], total: 3 })
    refusals.note(reportOf())
    expect(ids({})[0]).toBe(one.refusalId)
  })

  it('are listed by a part of the user id, and by their first and last time', () => {
    const [early, late] = [reportOf({ userId: 'Alina', at: 100 }), reportOf({ userId: 'Bob', at: 300 })]
    const refusals = keep(early, reportOf({ userId: 'Alina', at: 200 }), late)
    const users = (filter: object) => refusals.list({ ...EVERYTHING, ...filter }).refusals.map(({ userId }) => userId)
    expect(users({ search: 'aLi' })).toEqual(['Alina'])
    expect(users({ since: 200 })).toEqual(['Bob', 'Alina'])
    expect(users({ since: 201 })).toEqual(['Bob'])
    expect(users({ until: 101 })).toEqual(['Alina'])
    expect(users({ until: 100 })).toEqual([])
    expect(users({ since: 150, until: 300 })).toEqual(['Alina'])
  })

  it(`are at most ${MAX_REFUSALS_PER_API_KEY} per API key: the oldest is dropped first, without affecting other API keys`, () => {
    const witness = reportOf({ apiKey: 'other' })
    const reports = many(MAX_REFUSALS_PER_API_KEY, 'shop')
    const refusals = keep(witness, ...reports)
    const [first, second] = reports
    expect(refusals.list({ apiKey: 'shop', limit: 1 }).total).toBe(MAX_REFUSALS_PER_API_KEY)
    // A repeated refusal counts as recent.
    refusals.note(reportOf({ ...first, refusalId: 'rf_again' }))
    refusals.note(reportOf({ userId: 'one more' }))
    expect(refusals.list({ apiKey: 'shop', limit: 1 }).total).toBe(MAX_REFUSALS_PER_API_KEY)
    expect(refusals.find(first?.refusalId ?? '')).toMatchObject({ count: 2 })
    expect(refusals.find(second?.refusalId ?? '')).toBeUndefined()
    expect(refusals.find(witness.refusalId)).toBeDefined()
  })

  it('do not find a dropped one by any of its ids, or count repetitions of it', () => {
    const [first, again] = [reportOf(), reportOf()]
    const refusals = keep(first, again, ...many(MAX_REFUSALS_PER_API_KEY, 'shop'))
    expect(refusals.find(first.refusalId)).toBeUndefined()
    expect(refusals.find(again.refusalId)).toBeUndefined()
    const later = reportOf()
    refusals.note(later)
    expect(refusals.find(later.refusalId)).toMatchObject({ refusalId: later.refusalId, count: 1 })
  })

  it('keep counting repetitions of a newer one if an older one of its kind is dropped', () => {
    const [older, newer] = [reportOf({ at: 0 }), reportOf({ at: REPETITION_SECONDS })]
    const refusals = keep(older, ...many(MAX_REFUSALS_PER_API_KEY - 1, 'shop'), newer)
    expect(refusals.find(older.refusalId)).toBeUndefined()
    refusals.note(reportOf({ at: REPETITION_SECONDS + 1 }))
    expect(refusals.find(newer.refusalId)).toMatchObject({ count: 2 })
  })

  it(`are at most ${MAX_REFUSALS_PER_API_KEY} for all unknown API keys together`, () => {
    const witness = reportOf()
    const strange = Array.from({ length: MAX_REFUSALS_PER_API_KEY + 1 }, (_none, at) =>
      reportOf({ apiKey: `nobody ${at}` }),
    )
    const refusals = keep(witness, ...strange)
    expect(refusals.list(EVERYTHING).total).toBe(1 + MAX_REFUSALS_PER_API_KEY)
    expect(refusals.find(witness.refusalId)).toBeDefined()
    expect(refusals.find(strange[0]?.refusalId ?? '')).toBeUndefined()
  })

  it('are never displaced by attempts without a valid signature, for any number of users and API keys', () => {
    const genuine = many(MAX_REFUSALS_PER_API_KEY, 'shop')
    const keys = 2 + MAX_REFUSALS / MAX_REFUSALS_PER_API_KEY
    const names = ['shop', ...Array.from({ length: keys }, (_none, at) => `key ${at}`)]
    const madeUp = names.flatMap((apiKey) => many(MAX_REFUSALS_PER_API_KEY + 1, apiKey))
    const refusals = keep(...genuine, ...madeUp.map((report) => ({ ...report, isProven: false })))
    for (const { refusalId } of genuine) expect(refusals.find(refusalId)).toBeDefined()
    expect(refusals.list(EVERYTHING).total).toBe(MAX_REFUSALS_PER_API_KEY + MAX_REFUSALS)
  })

  it(`are at most ${MAX_REFUSALS} in total: the oldest is dropped first`, () => {
    const keys = MAX_REFUSALS / MAX_REFUSALS_PER_API_KEY
    const reports = Array.from({ length: keys }, (_none, at) => many(MAX_REFUSALS_PER_API_KEY, `key ${at}`)).flat()
    const refusals = keep(...reports)
    expect(refusals.list(EVERYTHING).total).toBe(MAX_REFUSALS)
    expect(refusals.find(reports[0]?.refusalId ?? '')).toBeDefined()
    refusals.note(reportOf({ apiKey: 'one more' }))
    expect(refusals.list(EVERYTHING).total).toBe(MAX_REFUSALS)
    expect(refusals.find(reports[0]?.refusalId ?? '')).toBeUndefined()
  })
})
