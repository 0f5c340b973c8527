import { Alert, Stack } from '@mantine/core'
import type { components } from '@stagedoor/admin'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { CheckList } from '../checks/check-list.tsx'
import { Section } from '../parts/page.tsx'

type DryRun = components['schemas']['DryRun']

const GROUPS = [
  ['token', 'Token checks'],
  ['policy', 'Policy checks'],
  ['conversation', 'Conversation checks'],
  ['publication', 'Publishing checks'],
] as const

/** Whether the token would be accepted, and the outcome of each check. */
export function Verdict({ dryRun }: { readonly dryRun: DryRun }): ReactNode {
  const { ok, sentence, code, checks } = dryRun
  return (
    <Stack gap="lg" role="status" aria-label="Result">
      <Alert
        color={ok ? 'teal' : 'red'}
        icon={ok ? <IconCircleCheck /> : <IconCircleX />}
        title={ok ? 'Accepted' : `Refused: ${code ?? ''}`}
      >
        {sentence}
      </Alert>
      {GROUPS.filter(([name]) => checks[name].length > 0).map(([name, title]) => (
        <Section key={name} title={title}>
          <CheckList label={title} checks={checks[name]} />
        </Section>
      ))}
    </Stack>
  )
}
