import { wrong } from '../shared/shell/arguments.ts';
import { actionContract, actionNames } from './contract.ts';

/** Words that begin a command line beside the names of actions. */
const others = ['explain', 'verify-callback', 'completion', 'help'];
const options = [
  '--json',
  '--table',
  '--columns',
  '--all',
  '--wait',
  '--dry-run',
  '--idempotency-key',
  '--profile',
  '--language',
];

const membersOf = (name: string) =>
  [...(actionContract(name)?.members.map(({ path }) => `--${path}`) ?? []), ...options].join(' ');
const first = [...actionNames, ...others].join(' ');
const cases = (line: (name: string, members: string) => string) =>
  actionNames.map((name) => line(name, membersOf(name))).join('\n');

const scripts: Readonly<Record<string, () => string>> = {
  bash: () => `_qianma() {
  local current="\${COMP_WORDS[COMP_CWORD]}" words
  if [ "$COMP_CWORD" = 1 ]; then words='${first}'; else
    case "\${COMP_WORDS[1]}" in
${cases((name, members) => `      ${name}) words='${members}' ;;`)}
      *) words='' ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -F _qianma qianma`,
  zsh: () => `#compdef qianma
_qianma() {
  if (( CURRENT == 2 )); then compadd -- ${first}; return; fi
  case "$words[2]" in
${cases((name, members) => `    ${name}) compadd -- ${members} ;;`)}
  esac
}
compdef _qianma qianma`,
  fish: () =>
    [
      `complete -c qianma -f`,
      `complete -c qianma -n __fish_use_subcommand -a '${first}'`,
      ...actionNames.flatMap((name) =>
        membersOf(name)
          .split(' ')
          .map(
            (option) => `complete -c qianma -n '__fish_seen_subcommand_from ${name}' -l '${option.slice(2)}'`,
          ),
      ),
    ].join('\n'),
};

/** What a shell reads in order to complete the command. @throws Failure `InvalidRequest` for another shell */
export function completionFor(shell: string | undefined): string {
  const script = shell !== undefined && Object.hasOwn(scripts, shell) ? scripts[shell] : undefined;
  if (script === undefined) throw wrong([{ zh: '须为 bash、zsh 或 fish', en: 'must be bash, zsh or fish' }]);
  return script();
}
