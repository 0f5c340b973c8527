/** What an address says where it is one of those that there are, and otherwise the first of them. */
export function oneOf<const Choice extends string>(
  choices: readonly [Choice, ...Choice[]],
  said: string | undefined,
): Choice {
  return choices.find((choice) => choice === said) ?? choices[0]
}
