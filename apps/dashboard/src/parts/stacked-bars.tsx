import '@mantine/charts/styles.css'
import { BarChart } from '@mantine/charts'
import type { ReactNode } from 'react'

interface StackedBarsProps {
  readonly height: number
  /** Each has its label as `time`, and a number for each series. */
  readonly rows: readonly Readonly<Record<string, string | number>>[]
  readonly series: readonly { readonly name: string; readonly color: string }[]
}

/** Numbers over time, as stacked bars. Screen readers skip it: show the numbers as text, too. */
export function StackedBars({ height, rows, series }: StackedBarsProps): ReactNode {
  return (
    <BarChart
      h={height}
      type="stacked"
      data={[...rows]}
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
