import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'

export function ConversationPage(): ReactNode {
  return <Page title="Conversation">To come.</Page>
}
