/** A text of a file and what stands there instead; the text has to be found, or the breakage is not what it says. */
export const breakages = [
  {
    name: 'the first commit leaves out the call that is about to be sent',
    file: 'shared/store/register/journal.ts',
    from: /noted as \(\$\{insertSql\('attempts', attemptRow, param, \{ from: 'slot' \}\)\}\)/g,
    to: (text) => text.replace("'slot'", "'slot where false'"),
  },
  {
    name: 'the call is sent without waiting for the first commit',
    file: 'shared/codes/life/send-create.ts',
    from: 'const answer = await note(leaseMs, slot);',
    to: `void note(leaseMs, slot).catch(() => undefined);
    const answer = await Promise.resolve<SlotAnswer | 'lost' | 'changed'>({ taken: true, waitMs: 0 });`,
  },
  {
    name: 'the second commit leaves the call open in the journal',
    file: 'shared/codes/life/settle-create.ts',
    from: "await tx.saveAttempt(succeeded(attempt, made, { code: 'Accepted' }, nowMs));",
    to: '',
  },
  {
    name: 'the second commit is two',
    file: 'shared/codes/life/settle-create.ts',
    from: /const adopted = [\s\S]*?await tx\.insertGeneration\(generation\);/,
    to: (text) =>
      `await register.transaction((tx) => tx.insertGeneration(made.generation));
  ${text.replace('await tx.insertGeneration(generation);', '')}`,
  },
  {
    name: 'a call whose answer is lost counts as never sent',
    file: 'shared/codes/life/call-failure.ts',
    from: "const outcome = !sent || harmless ? 'never-sent' : 'unknown';",
    to: "const outcome = 'never-sent' as CallFailure['outcome'];",
  },
  {
    name: 'what a dead process has sent counts as never sent',
    file: 'shared/codes/life/abandoned-create.ts',
    from: "const mayHaveEffect = attempt.state === 'sent';",
    to: 'const mayHaveEffect = false;',
  },
  {
    name: 'nobody settles what a dead process has left behind',
    file: 'shared/codes/life/abandoned-create.ts',
    from: 'of await register.interruptedCreates(limit)) {',
    to: 'of [] as { codeId: string; attemptId: string }[]) {',
  },
];
