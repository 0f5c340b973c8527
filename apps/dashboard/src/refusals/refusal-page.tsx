import { Alert, Anchor, Code, List, SimpleGrid, Stack } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { CheckList } from '../checks/check-list.tsx'
import { Copyable } from '../parts/copy.tsx'
import { Facts } from '../parts/facts.tsx'
import { Page, Section } from '../parts/page.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useAnswer } from '../platform/use-answer.ts'
import { clockWarningOf, type Refusal } from './refusal.ts'
import { whatToDo } from './what-to-do.ts'

const route = getRouteApi('/logged-in/keys/$key/refusals/$refusalId')

/** One refusal: every check, what the client received, and what to do. */
export function RefusalPage(): ReactNode {
  const { key, refusalId } = route.useParams()
  const refusal = useAnswer('/api/v1/keys/{key}/refusals/{refusalId}', [{ params: { path: { key, refusalId } } }])
  if (refusal.error !== null) return <Failure error={refusal.error} retry={() => void refusal.refetch()} />
  if (refusal.data === undefined) return <Loading lines={8} />
  const { userId, code, message, checks, docs } = refusal.data
  const clockWarning = clockWarningOf(refusal.data)
  return (
    <Page title={`${userId} was refused`} lead={message}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="xl">
          {clockWarning !== undefined && (
            <Alert color="yellow" title="Clock difference">
              {clockWarning}
            </Alert>
          )}
          <Section title="What to do">
            <List size="sm" spacing={6}>
              {whatToDo(code).map((point) => (
                <List.Item key={point.map(({ text }) => text).join('')}>
                  {point.map(({ text, isCode }) => (isCode ? <Code key={text}>{text}</Code> : text))}
                </List.Item>
              ))}
            </List>
            <Anchor href={docs} target="_blank" rel="noopener" size="sm">
              Documentation of {code} <IconExternalLink size={14} aria-label="(opens in a new tab)" />
            </Anchor>
          </Section>
          <Section title="Registration attempt">
            <RegistrationRequest refusal={refusal.data} />
          </Section>
        </Stack>
        <Section title="Checks" lead="In the order they ran. The first that fails decides.">
          <CheckList label="Checks" checks={checks} />
        </Section>
      </SimpleGrid>
    </Page>
  )
}

function RegistrationRequest({ refusal }: { readonly refusal: Refusal }): ReactNode {
  const { refusalId, latestRefusalId, firstAt, lastAt, count, code, publicCode, origin, address, userAgent } = refusal
  return (
    <Facts
      facts={{
        Code: <span className="value">{code}</span>,
        'Code sent to client': <span className="value">{publicCode}</span>,
        'Last attempt': <Time at={lastAt} />,
        Attempts: count > 1 ? count : undefined,
        'First attempt': count > 1 ? <Time at={firstAt} /> : undefined,
        Origin: origin ?? 'None',
        Address: address ?? 'Unknown',
        'User agent': userAgent ?? 'Unknown',
        'Refusal id': <Copyable value={latestRefusalId} what="refusal id" />,
        'First refusal id': latestRefusalId === refusalId ? undefined : refusalId,
      }}
    />
  )
}
