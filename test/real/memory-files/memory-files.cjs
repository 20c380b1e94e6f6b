// A file system that is nothing but a map, for the web extension host. `FILES` is put in when the test packs it: texts by
// their paths. What VS Code holds to be wrong with files is told on the console, where the test hears it.
const vscode = require('vscode');

exports.activate = context => {
  const files = new Map(Object.entries(FILES).map(([path, text]) => [path, new TextEncoder().encode(text)]));
  const changes = new vscode.EventEmitter();
  const isFolder = path => path === '/' || [...files.keys()].some(file => file.startsWith(`${path}/`));
  const absent = uri => vscode.FileSystemError.FileNotFound(uri);
  const tell = (type, uri) => changes.fire([{ type, uri }]);
  const tellFindings = () => console.log(`FINDINGS ${JSON.stringify(listFindings())}`);
  context.subscriptions.push(
    vscode.languages.onDidChangeDiagnostics(tellFindings),
    vscode.workspace.registerFileSystemProvider('vscode-vfs', {
      onDidChangeFile: changes.event,
      watch: () => new vscode.Disposable(() => {}),
      stat(uri) {
        const bytes = files.get(uri.path);
        if (!bytes && !isFolder(uri.path)) throw absent(uri);
        const type = bytes ? vscode.FileType.File : vscode.FileType.Directory;
        return { type, ctime: 0, mtime: 0, size: bytes?.length ?? 0 };
      },
      readDirectory({ path }) {
        const start = path === '/' ? '/' : `${path}/`;
        const below = [...files.keys()].filter(file => file.startsWith(start));
        const entries = below.map(file => file.slice(start.length).split('/'));
        return [...new Map(entries.map(([name, ...rest]) => [name, rest.length > 0 ? 2 : 1]))];
      },
      readFile(uri) {
        const bytes = files.get(uri.path);
        if (!bytes) throw absent(uri);
        return bytes;
      },
      writeFile(uri, bytes) {
        const isNew = !files.has(uri.path);
        files.set(uri.path, bytes);
        tell(isNew ? vscode.FileChangeType.Created : vscode.FileChangeType.Changed, uri);
      },
      delete(uri) {
        files.delete(uri.path);
        tell(vscode.FileChangeType.Deleted, uri);
      },
      rename(from, to) {
        this.writeFile(to, this.readFile(from));
        this.delete(from);
      },
      createDirectory() {},
    }),
  );
};

function listFindings() {
  return vscode.languages.getDiagnostics().flatMap(([uri, found]) =>
    found.map(({ range: { start }, severity, code, message }) => ({
      path: uri.scheme === 'vscode-vfs' ? uri.path : uri.toString(),
      from: `${start.line + 1}:${start.character + 1}`,
      severity: ['error', 'warning', 'information', 'hint'][severity],
      rule: code.value ?? code,
      message,
    })),
  );
}
