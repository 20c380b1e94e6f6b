/** A page that needs nothing but a browser, light or dark, without script or network; and texts on their way into one. */
import { escapeUTF8 } from 'entities/lib/escape.js';
import { HTML_STYLE } from './html-style.ts';
import { toPrintable } from './printable.ts';

export interface HtmlPage {
  readonly title: string;
  /** Styles besides those that all pages have. */
  readonly style?: string;
  /** The markup below the title. */
  readonly main: string;
  readonly footer?: string;
}

export function htmlPage({ title, style = '', main, footer }: HtmlPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${toMarkup(title)}</title>
<style>
${HTML_STYLE}${style}</style>
</head>
<body>
<main>
<h1>${toMarkup(title)}</h1>
${main}
</main>
${footer === undefined ? '' : `<footer>${toMarkup(footer)}</footer>\n`}</body>
</html>
`;
}

/** For XML and HTML, in texts and in quoted attributes. */
export function toMarkup(text: string): string {
  return escapeUTF8(toPrintable(text));
}
