/**
 * The colours of an audit, for its file and for VS Code, whose theme comes first where there is one. Every number that
 * is drawn stands beside it in words.
 */

export const AUDIT_STYLE = `.audit { --ink: var(--vscode-foreground, #1f2328); --bar: var(--vscode-charts-blue, #0a57a8); --rest: var(--vscode-contrastBorder, var(--vscode-panel-border, #d0d7de)); }
@media (prefers-color-scheme: dark) { .audit { --ink: var(--vscode-foreground, #e6e8eb); --bar: var(--vscode-charts-blue, #7ab8ff); --rest: var(--vscode-contrastBorder, var(--vscode-panel-border, #3d444d)); } }
@media (forced-colors: active) { .audit { --ink: CanvasText; --bar: Highlight; --rest: CanvasText; } .audit svg { forced-color-adjust: none; } }
.audit svg { vertical-align: middle; }
.audit .all { fill: none; stroke: var(--rest); }
.audit .bar { fill: var(--bar); fill-opacity: .5; stroke: var(--bar); }
.audit .interval { fill: none; stroke: var(--ink); stroke-width: 1.5; }
.audit .axis { fill: none; stroke: var(--rest); }
.audit .band { fill: var(--bar); opacity: .2; }
.audit .line { fill: none; stroke: var(--bar); stroke-width: 1.5; }
.audit .dot { fill: var(--bar); }
.audit td:not(:last-child) { white-space: nowrap; }
.audit tbody th { min-width: 9rem; }
.audit b { font-variant-numeric: tabular-nums; }
.audit details { margin: .5rem 0; }
.audit summary { cursor: pointer; padding: .3rem 0; }
@media print { .audit details::details-content { content-visibility: visible; block-size: auto; } .audit tr { break-inside: avoid; } .audit svg { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
`;
