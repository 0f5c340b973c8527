/** Returns what an option must be, if the value is not that. */
export type Rule = (value: unknown) => string | undefined

/**
 * Checks options when what they are for is made, so that a mistake is seen when the back end starts and not by its users.
 *
 * @param what names in the error whose options they are.
 * @throws {TypeError} if the options are no object, or one of them is unknown, missing or not what it must be. The error never holds a value.
 */
export function checkOptions(what: string, options: unknown, rules: Readonly<Record<string, Rule>>): void {
  if (!isPlain(options)) throw new TypeError(`${what} takes an object of options; given was ${kindOf(options)}`)
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(rules, name)) continue
    throw new TypeError(`${what} has no option "${name}"; it has ${Object.keys(rules).join(', ')}`)
  }
  for (const [name, rule] of Object.entries(rules)) {
    const expected = rule(options[name])
    if (expected !== undefined) {
      throw new TypeError(`${what}: ${name} must be ${expected}; given was ${kindOf(options[name])}`)
    }
  }
}

/** Accepts `undefined` too: what is left out has a default. */
export function optional(rule: Rule): Rule {
  return (value) => (value === undefined ? undefined : rule(value))
}

export function aFunction(value: unknown): string | undefined {
  return typeof value === 'function' ? undefined : 'a function'
}

export function aText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? undefined : 'a string that is not empty'
}

export function aBoolean(value: unknown): string | undefined {
  return typeof value === 'boolean' ? undefined : 'true or false'
}

export function aNumber(least: number, most: number): Rule {
  return (value) =>
    typeof value === 'number' && value >= least && value <= most ? undefined : `a number from ${least} to ${most}`
}

/** For what is checked elsewhere. */
export function anything(): undefined {
  return undefined
}

/** Whether a value is an object of fields, and no list, promise, date or the like. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

/** Says of what kind a value is, and never what it is. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (typeof value !== 'object') return value === '' ? 'an empty string' : `a ${typeof value}`
  return Array.isArray(value) ? 'an array' : `an object (${value.constructor?.name ?? 'Object'})`
}
