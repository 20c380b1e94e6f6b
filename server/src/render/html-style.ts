/** The style of the HTML report. Every colour has a contrast of at least 4.5 to 1 on its ground, in both schemes. */

export const HTML_STYLE = `:root { color-scheme: light dark; --ground: #fff; --text: #1f2328; --line: #d0d7de; --soft: #f6f8fa; --error: #b3261e; --warning: #7a5200; --note: #0a57a8; --good: #1a6b32; }
@media (prefers-color-scheme: dark) { :root { --ground: #16191d; --text: #e6e8eb; --line: #3d444d; --soft: #21262d; --error: #ff8a80; --warning: #f2c14e; --note: #7ab8ff; --good: #7ddc93; } }
body { margin: 0; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main, footer { max-width: 70rem; margin: 0 auto; padding: 1rem; }
h2 { font-size: 1.15rem; margin: 2rem 0 0; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.5rem 0 0; }
a { color: var(--note); }
.verdict { padding: .75rem 1rem; background: var(--soft); border-left: .3rem solid var(--good); }
.verdict.failed { border-color: var(--error); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem; border: 1px solid var(--line); }
thead th { background: var(--soft); }
tbody th { font-weight: normal; font-variant-numeric: tabular-nums; }
td ul { margin: .3rem 0 0; padding-left: 1.2rem; }
td.error { color: var(--error); font-weight: bold; }
td.warning { color: var(--warning); font-weight: bold; }
td.information, td.hint { color: var(--note); }
pre { overflow-x: auto; padding: .5rem; background: var(--soft); }
@media print { .scroll { overflow: visible; } }
`;
