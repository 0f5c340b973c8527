import type { components } from '@stagedoor/admin'
import { type ReactNode, useId } from 'react'
import classes from './members-graph.module.css'
import { between, placeMembers } from './place-members.ts'

type Conversation = components['schemas']['ConversationWithMembers']

/** How many participants are drawn; the table lists them all. */
export const MAX_DRAWN = 40
/** With more participants, names would overlap. */
const MAX_NAMED = 16
const NODE = 7
const GAP = 11
const MAX_LETTERS = 14

interface MembersGraphProps {
  readonly conversation: Conversation
  /** The session to highlight. */
  readonly chosen: string | undefined
  readonly onChoose: (sessionId: string | undefined) => void
}

/** Draws who publishes and who receives: an arrow from each publisher to each subscriber. */
export function MembersGraph({ conversation, chosen, onChoose }: MembersGraphProps): ReactNode {
  const arrow = useId()
  const members = conversation.members.slice(0, MAX_DRAWN)
  const places = placeMembers(members.length)
  const placeOf = new Map(members.map(({ sessionId }, at) => [sessionId, places[at] ?? { x: 0, y: 0 }]))
  const lines = linesOf(conversation).flatMap(({ from, to }) => {
    const [start, end] = [placeOf.get(from), placeOf.get(to)]
    return start === undefined || end === undefined ? [] : [{ from, to, line: between(start, end, GAP) }]
  })
  const publishers = new Set(conversation.streams.map(({ publisher }) => publisher))
  return (
    <svg className={classes['graph']} viewBox="-150 -130 300 260" role="img" aria-label={inWords(conversation)}>
      <defs>
        <marker id={arrow} viewBox="0 0 6 6" refX="5" refY="3" markerWidth="5" markerHeight="5" orient="auto">
          <path d="M0 0L6 3L0 6z" className={classes['arrow']} />
        </marker>
      </defs>
      {lines.map(({ from, to, line }) => (
        <line
          key={`${from} ${to}`}
          className={classes['line']}
          data-quiet={chosen !== undefined && chosen !== from && chosen !== to}
          x1={line.from.x}
          y1={line.from.y}
          x2={line.to.x}
          y2={line.to.y}
          markerEnd={`url(#${arrow})`}
        />
      ))}
      {members.map(({ sessionId, userId }) => {
        const { x, y } = placeOf.get(sessionId) ?? { x: 0, y: 0 }
        return (
          // biome-ignore lint/a11y/noStaticElementInteractions: the table does the same by keyboard
          <g key={sessionId} onMouseEnter={() => onChoose(sessionId)} onMouseLeave={() => onChoose(undefined)}>
            <circle className={classes['member']} data-publishes={publishers.has(sessionId)} cx={x} cy={y} r={NODE} />
            {(members.length <= MAX_NAMED || chosen === sessionId) && (
              <text className={classes['name']} x={x} y={y + (y > 1 ? 18 : -12)} textAnchor="middle">
                {userId.length > MAX_LETTERS ? `${userId.slice(0, MAX_LETTERS - 1)}…` : userId}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

/** Returns one line for each pair, however many streams it carries. */
function linesOf({ streams }: Conversation) {
  const lines = new Map<string, { readonly from: string; readonly to: string }>()
  for (const { publisher, subscribers } of streams) {
    for (const to of subscribers) lines.set(`${publisher} ${to}`, { from: publisher, to })
  }
  return [...lines.values()]
}

function inWords(conversation: Conversation): string {
  const { members, streams } = conversation
  const publishers = new Set(streams.map(({ publisher }) => publisher)).size
  return `Participants: ${members.length}. Publishers: ${publishers}. Subscriptions: ${linesOf(conversation).length}.`
}
