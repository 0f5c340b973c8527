import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function PolicyPage(): ReactNode {
  return <Page title="Policy">To come.</Page>
}
