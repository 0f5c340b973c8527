import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function LivePage(): ReactNode {
  return <Page title="Live">To come.</Page>
}
