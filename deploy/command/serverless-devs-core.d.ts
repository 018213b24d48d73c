/** The package has no types of its own; this is the part that is used. */
declare module '@serverless-devs/core' {
  interface Command {
    /** The path of the file. */
    syaml: string;
    method: string;
    /** One service alone. */
    serverName?: string;
    args?: readonly string[];
    globalArgs?: { access?: string; debug?: boolean };
  }
  const core: { execCommand(command: Command): Promise<unknown> };
  export default core;
}
