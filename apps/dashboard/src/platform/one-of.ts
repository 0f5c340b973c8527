/** Returns the value from the URL if it is one of the choices, and otherwise the first choice. */
export function oneOf<const Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
  given: string | undefined,
): Choice {
  return choices.find((choice) => choice === given) ?? choices[0]
}
