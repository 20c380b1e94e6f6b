/**
 * The colours of a timeline, for its files and for VS Code, whose theme comes first where there is one. What a colour
 * says is said by form and by words as well.
 */

export const TIMELINE_STYLE = `.timeline { --ground: var(--vscode-editor-background, #fff); --ink: var(--vscode-foreground, #1f2328); --line: var(--vscode-contrastBorder, var(--vscode-panel-border, #d0d7de)); --mark: var(--vscode-charts-blue, #0a57a8); --kept: var(--vscode-charts-green, #1a6b32); --bad: var(--vscode-errorForeground, #b3261e); --open: var(--vscode-charts-orange, #7a5200); font: 11px var(--vscode-font-family, system-ui, sans-serif); color: var(--ink); }
@media (prefers-color-scheme: dark) { .timeline { --ground: var(--vscode-editor-background, #16191d); --ink: var(--vscode-foreground, #e6e8eb); --line: var(--vscode-contrastBorder, var(--vscode-panel-border, #3d444d)); --mark: var(--vscode-charts-blue, #7ab8ff); --kept: var(--vscode-charts-green, #7ddc93); --bad: var(--vscode-errorForeground, #ff8a80); --open: var(--vscode-charts-orange, #f2c14e); } }
@media (forced-colors: active) { .timeline { --ground: Canvas; --ink: CanvasText; --line: CanvasText; --mark: LinkText; --kept: CanvasText; --bad: CanvasText; --open: CanvasText; } }
.timeline .ground { fill: var(--ground); }
.timeline text { fill: var(--ink); stroke: var(--ground); stroke-width: 5px; stroke-linejoin: round; paint-order: stroke; }
.timeline .title { font-weight: 600; }
.timeline .case { font-weight: 600; font-size: 14px; }
.timeline .edge, .timeline .tick { stroke: var(--line); stroke-width: 1; }
.timeline .tick { stroke-dasharray: 1 4; }
.timeline .as-of, .timeline .break { stroke: var(--ink); fill: none; }
.timeline .as-of { stroke-dasharray: 6 3; }
.timeline .mark { fill: var(--mark); stroke: var(--ground); }
.timeline .found .mark { fill: var(--ground); stroke: var(--bad); stroke-width: 2.5; }
.timeline .more .mark { fill: var(--ground); stroke: var(--mark); stroke-width: 2; }
.timeline .limit { fill: none; stroke: var(--kept); stroke-width: 1.5; }
.timeline .allowed { stroke-width: 5; }
.timeline .beyond { stroke-width: 5; stroke-dasharray: 2 2; }
.timeline .running .limit, .timeline .over .limit, .timeline .lapsed .limit { stroke: var(--open); }
.timeline .found .limit { stroke: var(--bad); }
.timeline .running .left { stroke-dasharray: 5 3; }
.timeline [data-events] { cursor: pointer; }
.timeline .current .halo, .timeline [data-events]:focus-visible .halo { fill: none; stroke: var(--vscode-focusBorder, var(--ink)); stroke-width: 2; }
.timeline .halo { fill: transparent; }
.timeline [data-events]:focus { outline: none; }
.timeline .current text { font-weight: 600; text-decoration: underline; }
`;
