/** The extension as a page sees it: messages both ways, and a state that outlives the page's being hidden. */

interface VsCode {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): VsCode;

export interface Host<FromPage, ToPage, State> {
  post(message: FromPage): void;
  /** Undefined when the page is new. */
  readonly state: State | undefined;
  keep(state: State): void;
  listen(handle: (message: ToPage) => void): void;
}

/** Once for each page, as VS Code hands it out once. Only the extension can send messages to a page. */
export function connectHost<FromPage, ToPage, State>(): Host<FromPage, ToPage, State> {
  const vscode = acquireVsCodeApi();
  return {
    post: message => vscode.postMessage(message),
    state: vscode.getState() as State | undefined,
    keep: state => vscode.setState(state),
    listen: handle => addEventListener('message', ({ data }: MessageEvent<ToPage>) => handle(data)),
  };
}
