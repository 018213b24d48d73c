import { describe, expect, it } from 'vitest';
import { recordedShell } from '../../shared/shell/testing/recorded-shell.ts';
import { runPolicies } from './run-policies.ts';

async function policies(line: string) {
  const shell = recordedShell();
  const code = await runPolicies(
    line.split(' ').filter((word) => word !== ''),
    shell,
  );
  return { code, printed: shell.printed.join('\n'), told: shell.told };
}

interface Statement {
  effect: string;
  action: string[];
  resource: string[];
}

const statementsOf = (printed: string) => (JSON.parse(printed) as { statement: Statement[] }).statement; // our own document

describe('npm run policies', () => {
  it('prints what a deployer may do, for one stage of one account', async () => {
    const { code, printed } = await policies('deployer --uin 100000000001 --stage prod');
    expect(code).toBe(0);
    expect(printed).not.toContain('${');
    const statements = statementsOf(printed);
    expect(statements[0]?.resource[0]).toBe(
      'qcs::scf:ap-guangzhou:uin/100000000001:namespace/default/function/qianma-prod-*',
    );
    const actions = statements.flatMap(({ action }) => action);
    expect(actions).not.toContain('cam:PassRole');
    expect(actions).not.toContain('scf:DeleteCustomDomain');
  });

  it('adds the role and the domain where there are any', async () => {
    const { printed } = await policies(
      'deployer --uin 1 --stage dev --region ap-shanghai --namespace sign --role qianma-functions --domain sign.example.com',
    );
    const resourceOf = (action: string) =>
      statementsOf(printed).find((one) => one.action.includes(action))?.resource;
    expect(resourceOf('cam:PassRole')).toEqual(['qcs::cam::uin/1:roleName/qianma-functions']);
    expect(resourceOf('scf:DeleteCustomDomain')).toEqual([
      'qcs::scf:ap-shanghai:uin/1:domain/sign.example.com',
    ]);
    expect(resourceOf('scf:GetFunction')?.[0]).toContain(':namespace/sign/function/qianma-dev-*');
  });

  it('prints the role of the functions, which may do nothing, and who takes it', async () => {
    expect(statementsOf((await policies('function-role')).printed)).toEqual([
      { effect: 'deny', action: ['*'], resource: ['*'] },
    ]);
    expect((await policies('function-role-trust')).printed).toContain('scf.qcloud.com');
  });

  it.each([
    ['', 'one policy is needed'],
    ['administrator', 'there is no policy administrator: they are deployer'],
    ['deployer function-role', 'one policy is needed'],
    ['deployer', '--uin is needed; --stage is needed'],
    ['deployer --uin * --stage prod', '--uin has characters'],
    ['deployer --uin 1 --stage prod/*', '--stage has characters'],
    ['deployer --user 1', 'there is no option --user'],
  ])('refuses "%s"', async (line, message) => {
    const { code, printed, told } = await policies(line);
    expect({ code, printed }).toEqual({ code: 2, printed: '' });
    expect(told[0]).toContain(message);
    expect(told[1]).toMatch(/^usage:/);
  });
});
