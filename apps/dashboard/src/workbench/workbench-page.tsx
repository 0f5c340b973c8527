import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function WorkbenchPage(): ReactNode {
  return <Page title="Token workbench">To come.</Page>
}
