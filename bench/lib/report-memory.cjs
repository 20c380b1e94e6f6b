// Loaded into a server that is watched for leaks: on SIGUSR2 it tidies up its memory and says on stderr what is left.
process.on('SIGUSR2', () => {
  globalThis.gc();
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.stderr.write(`memory ${JSON.stringify({ rss, heapUsed, external })}\n`);
});
