import type { ReactNode } from 'react'
import { labelOf } from '../parts/periods.ts'
import { StackedBars } from '../parts/stacked-bars.tsx'
import type { Traffic } from './traffic.ts'

interface TrafficChartProps {
  readonly steps: Traffic['steps']
  readonly stepSeconds: number
  /** What is drawn, and in which colour; one above the other. */
  readonly series: readonly {
    readonly name: string
    readonly of: keyof Traffic['steps'][number]
    readonly color: string
  }[]
}

/** What happened over time, as bars. The numbers beside it are its accessible form. */
export function TrafficChart({ steps, stepSeconds, series }: TrafficChartProps): ReactNode {
  const rows = steps.map((step) => ({
    time: labelOf(step.at, stepSeconds),
    ...Object.fromEntries(series.map(({ name, of }) => [name, Number(step[of])])),
  }))
  return <StackedBars height={200} rows={rows} series={series} />
}
