import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function RefusalsPage(): ReactNode {
  return <Page title="Refusals">To come.</Page>
}
