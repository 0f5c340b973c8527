const CALIBRATION_MILLISECONDS = 50

/**
 * Runs contestants against each other: in every round each has its turn, and the first turn goes round too, so that
 * what else the machine does falls on all of them alike.
 *
 * @param contestants by name, what one operation does; may answer a promise.
 * @param options.rounds how many rounds count. One more, before them, does not.
 * @param options.turnMilliseconds how long a turn lasts, about. Default: 25.
 * @param options.now the clock, in milliseconds.
 * @returns for each round the speed of each contestant, in operations a second.
 */
export async function interleave(contestants, { rounds, turnMilliseconds = 25, now = () => performance.now() }) {
  const turns = []
  for (const [name, operation] of Object.entries(contestants)) {
    turns.push({ name, ...(await calibrate(operation, turnMilliseconds, now)) })
  }
  const speeds = []
  for (let round = -1; round < rounds; round++) {
    const speedOf = {}
    for (let at = 0; at < turns.length; at++) {
      const { name, repeat, count } = turns[(at + round + turns.length) % turns.length]
      const began = now()
      await repeat(count)
      speedOf[name] = (count * 1000) / (now() - began)
    }
    if (round >= 0) speeds.push(speedOf)
  }
  return speeds
}

/**
 * Sums up the rounds: of each contestant the median of its speeds, and against each peer the median of the ratios that
 * one contestant held to it round by round.
 */
export function sumUp(speeds, ours) {
  const [first = {}] = speeds
  const names = Object.keys(first)
  const medianOver = (of) =>
    Object.fromEntries(names.map((name) => [name, median(speeds.map((round) => of(round, name)))]))
  const { [ours]: _self, ...ratios } = medianOver((round, name) => round[ours] / round[name])
  return { medians: medianOver((round, name) => round[name]), ratios }
}

export function median(values) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

// To await what is no promise would cost a quick contestant more than its own work.
async function calibrate(operation, turnMilliseconds, now) {
  const answer = operation()
  const repeat = answer instanceof Promise ? repeatAsync(operation) : repeatSync(operation)
  await answer
  let count = 1
  for (;;) {
    const began = now()
    await repeat(count)
    const took = now() - began
    if (took >= CALIBRATION_MILLISECONDS)
      return { repeat, count: Math.max(1, Math.round((count * turnMilliseconds) / took)) }
    count *= 2
  }
}

function repeatSync(operation) {
  return (count) => {
    for (let at = 0; at < count; at++) operation()
  }
}

function repeatAsync(operation) {
  return async (count) => {
    for (let at = 0; at < count; at++) await operation()
  }
}
