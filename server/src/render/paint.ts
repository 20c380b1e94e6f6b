/** Colour as a set of functions handed in, so that nothing here knows whether a terminal is there. */
import type { Severity } from '../engine/report.ts';

export type Colour = (text: string) => string;

export interface Paint {
  readonly bold: Colour;
  readonly dim: Colour;
  readonly red: Colour;
  readonly yellow: Colour;
  readonly blue: Colour;
  readonly cyan: Colour;
}

const asIs: Colour = text => text;

export const NO_PAINT: Paint = { bold: asIs, dim: asIs, red: asIs, yellow: asIs, blue: asIs, cyan: asIs };

export function severityColour(paint: Paint, severity: Severity): Colour {
  switch (severity) {
    case 'error':
      return paint.red;
    case 'warning':
      return paint.yellow;
    case 'information':
      return paint.blue;
    case 'hint':
      return paint.dim;
  }
}
