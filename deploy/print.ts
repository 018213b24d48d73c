/** The engine writes a line for every service to `process.stdout`; what it writes is dropped, and ours is not. */
const way = Symbol.for('qianma.deploy.print');

type Write = (text: string) => void;
/** The script and the component are two bundles in one process: they meet here. */
const meeting = globalThis as { [way]?: Write };

/** Drops what others write to the standard output. Returns how to end that. */
export function silenceOthers(stdout: NodeJS.WriteStream): () => void {
  const { write } = stdout;
  meeting[way] = (text) => void write.call(stdout, text);
  stdout.write = () => true;
  return () => {
    delete meeting[way];
    stdout.write = write;
  };
}

/** Writes a line to the standard output, past whoever has silenced it. */
export function print(line: string): void {
  const write = meeting[way] ?? ((text) => void process.stdout.write(text));
  write(`${line}\n`);
}
