/** The HTML around the script of a webview, with the policy that keeps everything else out. Knows nothing of VS Code. */

export interface PageParts {
  readonly title: string;
  readonly language: string;
  /** What the policy calls the files of the extension. */
  readonly source: string;
  readonly nonce: string;
  readonly script: string;
  readonly style: string;
}

export function writePage({ title, language, source, nonce, script, style }: PageParts): string {
  const policy = `default-src 'none'; style-src ${source}; script-src 'nonce-${nonce}'`;
  return `<!doctype html>
<html lang="${escapeText(language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeText(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeText(title)}</title>
<link rel="stylesheet" href="${escapeText(style)}">
</head>
<body>
<main id="page" aria-label="${escapeText(title)}"></main>
<script type="module" nonce="${nonce}" src="${escapeText(script)}"></script>
</body>
</html>
`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
