import { Alert, Stack } from '@mantine/core'
import type { components } from '@stagedoor/admin'
import { IconCircleCheck, IconCircleX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { CheckList } from '../checks/check-list.tsx'
import { Section } from '../parts/page.tsx'

type DryRun = components['schemas']['DryRun']

const GROUPS = [
  ['token', 'The token'],
  ['policy', 'Policy'],
  ['conversation', 'The conversation'],
  ['publication', 'What is published'],
] as const

/** What the door would say, and each check of it. */
export function Verdict({ dryRun }: { readonly dryRun: DryRun }): ReactNode {
  const { ok, sentence, code, checks } = dryRun
  return (
    <Stack gap="lg" role="status" aria-label="Verdict">
      <Alert
        color={ok ? 'teal' : 'red'}
        icon={ok ? <IconCircleCheck /> : <IconCircleX />}
        title={ok ? 'Let in' : `Refused: ${code ?? ''}`}
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
