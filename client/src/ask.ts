/** A question of ours to the server. One that ends with the server is put to the next; the user need not know. */
import { type BaseLanguageClient, ErrorCodes, ResponseError, State } from 'vscode-languageclient';

export async function ask<R>(client: BaseLanguageClient, method: string, params?: object): Promise<R> {
  const put = (): Promise<R> => client.sendRequest<R>(method, params);
  try {
    return await put();
  } catch (error) {
    const code = error instanceof ResponseError ? error.code : undefined;
    if (code === ErrorCodes.PendingResponseRejected) await nextServer(client);
    else if (code === ErrorCodes.ConnectionInactive) await client.start();
    else throw error;
    return put();
  }
}

function nextServer(client: BaseLanguageClient): Promise<void> {
  return new Promise(resolve => {
    const listening = client.onDidChangeState(({ newState }) => {
      if (newState !== State.Running) return;
      listening.dispose();
      resolve();
    });
  });
}
