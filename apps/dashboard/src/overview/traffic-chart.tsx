import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import type { ReactNode } from 'react'
import { labelOf } from '../parts/periods.ts'
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
    ...Object.fromEntries(series.map(({ name, of }) => [name, step[of]])),
  }))
  return (
    <BarChart
      h={200}
      type="stacked"
      data={rows}
      dataKey="time"
      series={series.map(({ name, color }) => ({ name, color }))}
      barProps={{ isAnimationActive: false }}
      barChartProps={{ accessibilityLayer: false }}
      maxBarWidth={24}
      tickLine="y"
      xAxisProps={{ interval: 'equidistantPreserveStart', minTickGap: 24 }}
      yAxisProps={{ allowDecimals: false }}
      gridAxis="y"
      aria-hidden
    />
  )
}
