import { SegmentedControl } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Page } from '../parts/page.tsx'
import { ConversationsView } from './conversations-view.tsx'
import { SessionsView } from './sessions-view.tsx'

const route = getRouteApi('/logged-in/keys/$key/live')

/** Who is in, as it happens. */
export function LivePage(): ReactNode {
  const { key } = route.useParams()
  const { view = 'sessions' } = route.useSearch()
  const navigate = route.useNavigate()
  return (
    <Page
      title="Live"
      lead="Who is in now, since when, until when, and where from."
      actions={
        <SegmentedControl
          aria-label="What to look at"
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
