import { Badge, Group, Text, UnstyledButton } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactNode, useEffect, useRef } from 'react'
import { Scroller } from '../parts/scroller.tsx'
import { Time } from '../parts/time.tsx'
import type { Session } from './live-list.ts'
import classes from './session-rows.module.css'

const ROW_HEIGHT = 52
const OVERSCAN = 8
const COLUMNS = ['User', 'Started', 'Expires', 'Signing key', 'From', 'Conversations']

interface SessionRowsProps {
  readonly sessions: readonly Session[]
  readonly total: number
  readonly hasMore: boolean
  readonly onMore: () => void
  readonly onChoose: (session: Session) => void
}

/** A list of any length: only the visible rows are in the page. */
export function SessionRows({ sessions, total, hasMore, onMore, onChoose }: SessionRowsProps): ReactNode {
  const scroller = useRef<HTMLElement>(null)
  const rows = useVirtualizer({
    count: sessions.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: OVERSCAN,
    getItemKey: (at) => sessions[at]?.sessionId ?? at,
  })
  const seen = rows.getVirtualItems()
  const lastSeen = seen.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastSeen >= sessions.length - 1 - OVERSCAN) onMore()
  }, [hasMore, lastSeen, sessions.length, onMore])
  const [above, below] = [seen[0]?.start ?? 0, rows.getTotalSize() - (seen.at(-1)?.end ?? 0)]
  return (
    <Scroller ref={scroller} className={classes['scroller']} label="Live sessions">
      <table className={classes['table']} aria-rowcount={total + 1}>
        <thead>
          <tr aria-rowindex={1}>
            {COLUMNS.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {/* Takes the height of the rows that are not in the page. */}
          <tr aria-hidden style={{ height: above }} />
          {seen.map(({ key, index }) => {
            const session = sessions[index]
            return (
              session !== undefined && (
                <tr key={key} className={classes['line']} aria-rowindex={index + 2} style={{ height: ROW_HEIGHT }}>
                  <Cells session={session} onChoose={onChoose} />
                </tr>
              )
            )
          })}
          <tr aria-hidden style={{ height: below }} />
        </tbody>
      </table>
    </Scroller>
  )
}

interface CellsProps {
  readonly session: Session
  readonly onChoose: (session: Session) => void
}

function Cells({ session, onChoose }: CellsProps): ReactNode {
  const { userId, since, until, keyId, address, origin, conversations, reconnectUntil } = session
  return (
    <>
      <td>
        <Group gap={6} wrap="nowrap">
          <UnstyledButton className={classes['user']} onClick={() => onChoose(session)}>
            {userId}
          </UnstyledButton>
          {reconnectUntil !== null && (
            <Badge size="xs" color="orange.9">
              Reconnecting
            </Badge>
          )}
        </Group>
      </td>
      <td>
        <Time at={since} />
      </td>
      <td>
        <Time at={until} />
      </td>
      <td>{keyId ?? 'No token'}</td>
      <td>{[address, origin].filter((part) => part !== null).join(' · ') || 'Unknown'}</td>
      <td>{conversations.length === 0 ? <Text c="dimmed">None</Text> : conversations.join(', ')}</td>
    </>
  )
}
