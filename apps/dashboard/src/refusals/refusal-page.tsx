import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function RefusalPage(): ReactNode {
  return <Page title="Refusal">To come.</Page>
}
