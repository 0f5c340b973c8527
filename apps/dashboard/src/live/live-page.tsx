import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'
import { ConversationsView } from './conversations-view.tsx'
import { SessionsView } from './sessions-view.tsx'

const route = getRouteApi('/logged-in/keys/$key/live')

/** The live sessions and conversations of an API key, updated as they change. */
export function LivePage(): ReactNode {
  const { key } = route.useParams()
  const { view = 'sessions' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page
      title="Live"
      lead="Sessions and conversations that are open right now."
      actions={
        <SegmentedControl
          aria-label="Show"
          data={[
            { value: 'sessions', label: 'Sessions' },
            { value: 'conversations', label: 'Conversations' },
          ]}
          value={view}
          onChange={(chosen) => void navigate({ search: { view: chosen }, replace: true })}
        />
      }
    >
      {view === 'conversations' ? (
        <ConversationsView key={key} apiKey={key} />
      ) : (
        <SessionsView key={key} apiKey={key} />
      )}
    </Page>
  )
}
