import type { ReactNode } from 'react'
import { Scroller } from './scroller.tsx'

interface CodeProps {
  /** What it is, for those who hear the page. */
  readonly label: string
  readonly testId?: string | undefined
  readonly children: string
}

/** Lines of code, which scroll sideways. */
export function Code({ label, testId, children }: CodeProps): ReactNode {
  return (
    <Scroller label={label} className="code" testId={testId}>
      <code>{children}</code>
    </Scroller>
  )
}
