/** Asks again and again until there is an answer: VS Code has no event for most of what is waited for here. */
export async function until<T>(
  what: string,
  ask: () => T | undefined | Thenable<T | undefined>,
  limit = 20_000,
): Promise<T> {
  const end = Date.now() + limit;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > end) throw new Error(`timed out waiting for ${what}`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
