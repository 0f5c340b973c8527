import { Anchor, ColorSwatch, Group, getThemeColor, Text, useMantineTheme, VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import { sinceOf, stepOf } from '../parts/periods.ts'
import { StackedBars } from '../parts/stacked-bars.tsx'
import { Failure, Loading } from '../parts/states.tsx'
import { Time } from '../parts/time.tsx'
import { useAnswer } from '../platform/use-answer.ts'
import { rankCodes, rowsOf } from './chart-rows.ts'

const LOOK_MS = 15_000
const COLOURS = ['indigo.6', 'orange.6', 'teal.6', 'pink.6', 'yellow.6', 'cyan.6', 'gray.5']

interface RefusalChartProps {
  readonly apiKey: string
  readonly spanSeconds: number
  readonly onChoose: (code: string) => void
}

/** Refusals over time, by code. */
export function RefusalChart({ apiKey, spanSeconds, onChoose }: RefusalChartProps): ReactNode {
  const theme = useMantineTheme()
  const step = stepOf(spanSeconds)
  const since = sinceOf(spanSeconds, step)
  const counts = useAnswer(
    '/api/v1/keys/{key}/refusals/counts',
    [{ params: { path: { key: apiKey }, query: { since, step } } }],
    { refetchInterval: LOOK_MS, placeholderData: (before) => before },
  )
  if (counts.error !== null) return <Failure error={counts.error} retry={() => void counts.refetch()} />
  if (counts.data === undefined) return <Loading lines={5} />
  const ranked = rankCodes(counts.data.steps, COLOURS.length - 1)
  const { countedSince } = counts.data
  const start = countedSince > since && (
    <Text c="dimmed" size="sm">
      Hourly counts began <Time at={countedSince} />.
    </Text>
  )
  if (ranked.length === 0) {
    return (
      <>
        <Text c="dimmed" size="sm">
          No refusals in this period.
        </Text>
        {start}
      </>
    )
  }
  return (
    <>
      <StackedBars
        height={220}
        rows={rowsOf(counts.data.steps, ranked, step)}
        series={ranked.map(({ code }, at) => ({ name: code, color: colourAt(at) }))}
      />
      <Group gap="md" component="ul" p={0} m={0} style={{ listStyle: 'none' }}>
        {ranked.map(({ code, count }, at) => (
          <li key={code}>
            <Group gap={6} wrap="nowrap">
              <ColorSwatch component="span" size={12} color={getThemeColor(colourAt(at), theme)} withShadow={false} />
              <Text size="sm" span>
                {code === 'others' ? (
                  code
                ) : (
                  <Anchor component="button" type="button" onClick={() => onChoose(code)}>
                    {code}
                  </Anchor>
                )}{' '}
                {count}
                <VisuallyHidden> refusals</VisuallyHidden>
              </Text>
            </Group>
          </li>
        ))}
      </Group>
      {start}
    </>
  )
}

/** The colour of a code in the chart and in its legend. */
function colourAt(rank: number): string {
  return COLOURS[rank] ?? 'gray.5'
}
