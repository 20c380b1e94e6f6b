/**
 * The drawings of an audit, as SVG. Each stands in the row of the table that says the same in numbers, so it is hidden
 * from those who listen; colours come from the style around it.
 */
import { scaleLinear, scalePoint } from 'd3-scale';
import { area, line } from 'd3-shape';
import type { Share } from '../audit/audit-report.ts';

const BAR = { width: 130, height: 20 } as const;
const TREND = { width: 100, height: 36, edge: 4 } as const;

/** A share from none to all, and the interval across its end. */
export function drawShare(share: Share): string {
  const { width, height } = BAR;
  const at = scaleLinear([0, 1], [1, width - 1]);
  const middle = height / 2;
  const figure = figureOf(share);
  const bar = figure && `<rect class="bar" x="1" y="4" width="${round(at(figure.value) - 1)}" height="12"/>`;
  const [low, high] = figure ? [round(at(figure.low)), round(at(figure.high))] : [];
  const interval =
    figure && `<path class="interval" d="M${low} ${middle}H${high}M${low} 6V14M${high} 6V14"/>`;
  return svg('share', width, height, [
    `<rect class="all" x="1" y="4" width="${width - 2}" height="12"/>`,
    bar ?? '',
    interval ?? '',
  ]);
}

/** A share from round to round, with its intervals; empty where fewer than two rounds tell it. */
export function drawTrend(rounds: readonly Share[]): string {
  const { width, height, edge } = TREND;
  const x = scalePoint(rounds.keys(), [edge, width - edge]);
  const y = scaleLinear([0, 1], [height - edge, edge]);
  const points = rounds.flatMap((share, at) => {
    const figure = figureOf(share);
    return figure ? [{ x: round(x(at)!), ...figure }] : [];
  });
  if (points.length < 2) return '';
  type Point = (typeof points)[number];
  const band = area<Point>(
    point => point.x,
    point => round(y(point.low)),
    point => round(y(point.high)),
  );
  const path = line<Point>(
    point => point.x,
    point => round(y(point.value)),
  );
  return svg('trend', width, height, [
    `<path class="axis" d="M0 ${y(0)}H${width}M0 ${y(1)}H${width}"/>`,
    `<path class="band" d="${band(points)}"/>`,
    `<path class="line" d="${path(points)}"/>`,
    ...points.map(point => `<circle class="dot" cx="${point.x}" cy="${round(y(point.value))}" r="2.5"/>`),
  ]);
}

function figureOf({ count, of, low, high }: Share) {
  if (count === null || of === null || low === null || high === null) return undefined;
  return { value: count / of, low, high };
}

function svg(name: string, width: number, height: number, parts: readonly string[]): string {
  return `<svg class="${name}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" aria-hidden="true">${parts.join('')}</svg>`;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
