import type { ReactNode, Ref } from 'react'

interface ScrollerProps {
  /** What it is, for those who hear the page. */
  readonly label: string
  readonly className?: string | undefined
  readonly ref?: Ref<HTMLElement>
  readonly isDim?: boolean
  readonly testId?: string | undefined
  readonly children: ReactNode
}

/** What scrolls within the page: reached by keyboard too. */
export function Scroller({
  label,
  className = 'listing',
  ref,
  isDim = false,
  testId,
  children,
}: ScrollerProps): ReactNode {
  return (
    <section
      ref={ref}
      className={className}
      aria-label={label}
      data-testid={testId}
      style={{ opacity: isDim ? 0.6 : 1 }}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  )
}
