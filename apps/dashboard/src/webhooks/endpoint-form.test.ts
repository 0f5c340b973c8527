import { describe, expect, it } from 'vitest'
import { bodyOf, formOf, missingIn, NO_ENDPOINT } from './endpoint-form.ts'

const URL_OF_SHOP = 'https://shop.example/events'

describe('the form of an endpoint', () => {
  it('sends no event types when all events are chosen, even if some were chosen before', () =>
    expect(bodyOf({ ...NO_ENDPOINT, url: URL_OF_SHOP, types: ['session.opened'] }).types).toBeNull())

  it('sends the chosen event types in the order of the list', () =>
    expect(
      bodyOf({ ...NO_ENDPOINT, url: URL_OF_SHOP, wants: 'some', types: ['refusals.burst', 'session.opened'] }).types,
    ).toEqual(['session.opened', 'refusals.burst']))

  it('trims the URL', () => expect(bodyOf({ ...NO_ENDPOINT, url: ` ${URL_OF_SHOP} ` }).url).toBe(URL_OF_SHOP))

  it('keeps the values of an existing endpoint', () => {
    const endpoint = {
      endpointId: 'ep_1',
      url: URL_OF_SHOP,
      types: ['session.closed' as const],
      description: 'The shop',
      state: 'active' as const,
      isGone: false,
      createdAt: 0,
    }
    expect(bodyOf(formOf(endpoint))).toEqual({ url: URL_OF_SHOP, types: ['session.closed'], description: 'The shop' })
  })

  it.each([
    ['an invalid URL', { ...NO_ENDPOINT, url: 'shop' }, ['url']],
    ['selected events without any', { ...NO_ENDPOINT, url: URL_OF_SHOP, wants: 'some' as const }, ['types']],
    ['nothing when the form is complete', { ...NO_ENDPOINT, url: URL_OF_SHOP }, []],
  ])('reports %s', (_, form, fields) => expect(Object.keys(missingIn(form))).toEqual(fields))
})
