/** Returns what an option must be, if the value is invalid. */
export type Rule = (value: unknown) => string | undefined

/**
 * Checks options when something is created with them, so that mistakes are noticed when the back end starts, not by its users.
 *
 * @param what the name of the options in errors.
 * @throws {TypeError} if the options are not an object, or one of them is unknown, missing or invalid. The error never contains a value.
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

/** Accepts `undefined` too: omitted options have a default. */
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

/** For options that are checked elsewhere. */
export function anything(): undefined {
  return undefined
}

/** Whether a value is a plain object, not a list, promise, date or the like. */
export function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null
}

/** Describes the kind of a value, never the value. */
export function kindOf(value: unknown): string {
  if (value === undefined || value === null) return String(value)
  if (typeof value !== 'object') return value === '' ? 'an empty string' : `a ${typeof value}`
  return Array.isArray(value) ? 'an array' : `an object (${value.constructor?.name ?? 'Object'})`
}
