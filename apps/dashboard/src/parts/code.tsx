import type { ReactNode } from 'react'

interface CodeProps {
  /** What it is, for those who hear the page. */
  readonly label: string
  readonly testId?: string
  readonly children: string
}

/** Lines of code, which scroll sideways. */
export function Code({ label, testId, children }: CodeProps): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section className="code" tabIndex={0} aria-label={label} data-testid={testId}>
      <code>{children}</code>
    </section>
  )
}
