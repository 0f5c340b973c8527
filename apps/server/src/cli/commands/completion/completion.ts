import process from 'node:process'
import { Argument, Command } from 'commander'
import { listWords } from './list-words.ts'
import { SHELLS, type Shell, writeScript } from './shell-scripts.ts'

const HELP = `
To install it, add a line to the startup file of your shell, or write the script to its folder of completions:
  bash  echo 'source <(stagedoor completion bash)' >> ~/.bashrc
  zsh   echo 'source <(stagedoor completion zsh)' >> ~/.zshrc    # after compinit
  fish  stagedoor completion fish > ~/.config/fish/completions/stagedoor.fish`

/** Builds the `completion` command: prints a script that completes commands and options in a shell. */
export function completionCommand(): Command {
  return new Command('completion')
    .addArgument(new Argument('<shell>', 'the shell').choices(SHELLS))
    .description('print a script that completes commands and options in your shell')
    .addHelpText('after', HELP)
    .action(printScript)
}

function printScript(shell: Shell, _settings: object, command: Command): void {
  let root = command
  while (root.parent !== null) root = root.parent
  process.stdout.write(writeScript(shell, listWords(root)))
}
