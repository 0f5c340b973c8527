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
import { clockInWords, type Refusal } from './refusal.ts'
import { whatToDo } from './what-to-do.ts'

const route = getRouteApi('/logged-in/keys/$key/refusals/$refusalId')

/** One refusal: what was found, what the other side was told, and what to do. */
export function RefusalPage(): ReactNode {
  const { key, refusalId } = route.useParams()
  const refusal = useAnswer('/api/v1/keys/{key}/refusals/{refusalId}', [{ params: { path: { key, refusalId } } }])
  if (refusal.error !== null) return <Failure error={refusal.error} retry={() => void refusal.refetch()} />
  if (refusal.data === undefined) return <Loading lines={8} />
  const { userId, code, message, checks, clockDifferenceSeconds, docs } = refusal.data
  return (
    <Page title={`${userId} was refused`} lead={message}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="xl">
        <Stack gap="xl">
          {clockDifferenceSeconds !== null && (
            <Alert color="yellow" title="Clocks">
              {clockInWords(clockDifferenceSeconds)}
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
              The page of {code} <IconExternalLink size={14} aria-label="(opens a tab)" />
            </Anchor>
          </Section>
          <Section title="The knock">
            <RegistrationRequest refusal={refusal.data} />
          </Section>
        </Stack>
        <Section title="Every check, in its order" lead="The first that fails decides.">
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
        Reason: <span className="value">{code}</span>,
        'They were told': <span className="value">{publicCode}</span>,
        When: <Time at={lastAt} />,
        Times: count > 1 ? count : undefined,
        First: count > 1 ? <Time at={firstAt} /> : undefined,
        Origin: origin ?? 'none',
        Address: address ?? 'unknown',
        'User agent': userAgent ?? 'unknown',
        'Refusal id': <Copyable value={latestRefusalId} what="the refusal id" />,
        'Of the first': latestRefusalId === refusalId ? undefined : refusalId,
      }}
    />
  )
}
