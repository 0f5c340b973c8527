import { describe, expect, it } from 'vitest'
import { bodyOf, formOf, missingIn, NO_ENDPOINT } from './endpoint-form.ts'

const URL_OF_SHOP = 'https://shop.example/events'

describe('the form of an endpoint', () => {
  it('asks for everything where all is wanted, whatever was chosen before', () =>
    expect(bodyOf({ ...NO_ENDPOINT, url: URL_OF_SHOP, types: ['session.opened'] }).types).toBeNull())

  it('asks for what was chosen, in the order of the list', () =>
    expect(
      bodyOf({ ...NO_ENDPOINT, url: URL_OF_SHOP, wants: 'some', types: ['refusals.burst', 'session.opened'] }).types,
    ).toEqual(['session.opened', 'refusals.burst']))

  it('takes away the blanks around an address', () =>
    expect(bodyOf({ ...NO_ENDPOINT, url: ` ${URL_OF_SHOP} ` }).url).toBe(URL_OF_SHOP))

  it('gives back what an endpoint is', () => {
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
    ['an address that is none', { ...NO_ENDPOINT, url: 'shop' }, ['url']],
    ['no type where some are wanted', { ...NO_ENDPOINT, url: URL_OF_SHOP, wants: 'some' as const }, ['types']],
    ['nothing else', { ...NO_ENDPOINT, url: URL_OF_SHOP }, []],
  ])('complains of %s', (_, form, fields) => expect(Object.keys(missingIn(form))).toEqual(fields))
})
