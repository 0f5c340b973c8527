import type { ReactNode, Ref } from 'react'

interface ScrollerProps {
  /** The accessible name. */
  readonly label: string
  readonly className?: string | undefined
  readonly ref?: Ref<HTMLElement>
  readonly isDim?: boolean
  readonly testId?: string | undefined
  readonly children: ReactNode
}

/** A region that scrolls within the page, also by keyboard. */
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
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrollable region must be reachable by keyboard
      tabIndex={0}
    >
      {children}
    </section>
  )
}
