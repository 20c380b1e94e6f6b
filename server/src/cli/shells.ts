/** The shells whose completion can be printed. */

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export const COMPLETION_HELP = `
bash, in ~/.bashrc:
  source <(case-review completion bash)
zsh, into a folder of $fpath:
  case-review completion zsh > ~/.zfunc/_case-review
fish:
  case-review completion fish > ~/.config/fish/completions/case-review.fish
`;
