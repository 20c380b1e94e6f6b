/** What documentation shows: fenced blocks, and consoles with what they print. */

export interface Step {
  readonly command: string;
  readonly output: string;
  readonly status: number;
}

/** `$ command`, what it prints, and `$ echo $?` with the exit code where it is not 0. */
export function readConsole(text: string): Step[] {
  const steps: Step[] = [];
  for (const part of text.split(/^\$ /m).filter(Boolean)) {
    const [command = '', ...lines] = part.split('\n');
    const last = steps.at(-1);
    if (command === 'echo $?' && last) steps[steps.length - 1] = { ...last, status: Number(lines[0]) };
    else steps.push({ command, output: lines.join('\n'), status: 0 });
  }
  return steps;
}

/** The output shown; `…` stands for anything, as a line of its own for any lines. */
export function patternOf(output: string): RegExp {
  const lines = output.trimEnd().split('\n');
  const source = lines.map(line =>
    line === '…' ? String.raw`[\s\S]*` : escapeRegExp(line).replaceAll('…', '.*'),
  );
  return new RegExp(`^${source.join('\n')}\\s*$`);
}

function escapeRegExp(line: string): string {
  return line.replaceAll(/[.*+?^${}()|[\]\\/]/g, String.raw`\$&`);
}

interface Block {
  readonly text: string;
}

export function blocksOf(text: string, language: string): Block[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    ([, block]) => ({
      text: block!,
    }),
  );
}
