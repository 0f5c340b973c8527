/** A command as the reader of a message can run it. In a checkout, `npx` finds the command line in the workspace. */
export function commandLine(words: string): string {
  return `npx stagedoor ${words}`
}
