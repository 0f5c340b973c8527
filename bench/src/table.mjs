const HEADINGS = ['ours is', 'bar', '']

/** Writes a row as lines of text: ours, then each peer with the ratio, the bar and whether it is held. */
export function writeRow({ name, unit, medians, ratios, bars }) {
  const lines = Object.entries(medians).map(([peer, value]) => {
    const { atLeast, atMost, held } = bars[peer] ?? {}
    const ratio = ratios[peer]
    return [
      `  ${peer}`,
      format(value),
      ratio === undefined ? '' : `${ratio.toFixed(2)} ×`,
      atLeast !== undefined ? `≥ ${atLeast}` : atMost !== undefined ? `≤ ${atMost}` : '',
      held === undefined ? '' : held ? 'held' : 'missed',
    ]
  })
  return [[name, unit, ...HEADINGS], ...lines].map(writeLine).join('\n')
}

function writeLine([what, ...cells]) {
  return (what.padEnd(32) + cells.map((cell) => cell.padStart(14)).join('')).trimEnd()
}

function format(value) {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3)
}
