import type { ReactNode } from 'react'
import { Scroller } from './scroller.tsx'

interface CodeProps {
  /** The accessible name. */
  readonly label: string
  readonly testId?: string | undefined
  readonly children: string
}

/** Lines of code, which scroll horizontally. */
export function Code({ label, testId, children }: CodeProps): ReactNode {
  return (
    <Scroller label={label} className="code" testId={testId}>
      <code>{children}</code>
    </Scroller>
  )
}
