import { inBoth, type Text } from '../shared/text.ts';
import { type ActionContract, actionContract, actionNames, type Member } from './contract.ts';

const general: Text = {
  en: [
    'usage: qianma <action> [--<Member> <value>]… [options]',
    '       qianma explain <id or error code>    what it is, what happened and why',
    '       qianma verify-callback <url>         does a receiver take what Tencent posts, and nothing else?',
    '       qianma completion bash|zsh|fish      what a shell needs to complete actions and members',
    '       qianma help [<action>]',
    '',
    'options:',
    '  --json <object>|@<file>|-  the body of the request; members are laid over it',
    '  --table                    a list as a table instead of JSON',
    '  --columns <a,b>            of a table',
    '  --all                      all pages of a list; without --table one item in a line',
    '  --wait                     of a batch: shows its progress until it is over',
    '  --dry-run                  makes nothing: a DryRun where the action has one, else prints what would be sent',
    '  --idempotency-key <key>    the same key with the same body has its effect once',
    '  --profile <name>           of the file of profiles; without it QIANMA_URL and QIANMA_KEY, or its default',
    '  --language zh|en           of texts; that of the shell unless given',
    '',
    'It ends with 0 when it was done, 1 when it was refused, 2 when it was called in a wrong way, 3 when it may be tried again.',
    '',
    'actions:',
  ].join('\n'),
  zh: [
    '用法：qianma <接口> [--<字段> <取值>]… [选项]',
    '      qianma explain <编号或错误码>        它是什么，发生了什么，为什么',
    '      qianma verify-callback <地址>        接收方是否接受腾讯的回调，且只接受它',
    '      qianma completion bash|zsh|fish      供 shell 补全接口与字段',
    '      qianma help [<接口>]',
    '',
    '选项：',
    '  --json <对象>|@<文件>|-    请求体；另行给出的字段覆盖其中的',
    '  --table                    以表格而非 JSON 显示列表',
    '  --columns <a,b>            表格的列',
    '  --all                      列表的全部页；不加 --table 时每行一项',
    '  --wait                     批次：显示进度直至结束',
    '  --dry-run                  不产生更改：有 DryRun 的接口只检查，其余只打印将发送的内容',
    '  --idempotency-key <键>     同一个键加同样的请求体只生效一次',
    '  --profile <名称>           配置文件中的一组；不填则用 QIANMA_URL 与 QIANMA_KEY，或其默认',
    '  --language zh|en           文字的语言，默认随 shell',
    '',
    '退出码：0 完成，1 被拒绝，2 用法有误，3 可稍后重试。',
    '',
    '接口：',
  ].join('\n'),
};

/** How the command is called, and every action with what it does. */
export function generalHelp(): Text {
  const width = Math.max(...actionNames.map((name) => name.length));
  return inBoth((language) =>
    [
      general[language],
      ...actionNames.map(
        (name) => `  ${name.padEnd(width)}  ${firstSentence(actionContract(name)?.text[language] ?? '')}`,
      ),
    ].join('\n'),
  );
}

/** An action with its members. */
export function actionHelp({ name, text, members }: ActionContract): Text {
  return inBoth((language) =>
    [
      `qianma ${name}`,
      '',
      plain(text[language]),
      '',
      ...members.map((member) => memberHelp(member, language)),
    ]
      .join('\n')
      .trimEnd(),
  );
}

const needed: Text = { zh: '（必填）', en: ' (required)' };
const kinds: Readonly<Record<Member['kind'], string>> = {
  string: '<text>',
  integer: '<n>',
  boolean: '',
  strings: '<text>…',
  json: '<json>',
};

function memberHelp({ path, kind, isRequired, text, values }: Member, language: 'zh' | 'en'): string {
  const value = values.length > 0 ? values.join('|') : kinds[kind];
  const mark = isRequired ? needed[language] : '';
  const line = `  --${path} ${value}`.trimEnd();
  return `${line}${mark}\n      ${plain(text[language])}`;
}

const plain = (text: string) => text.replaceAll('`', '');
const firstSentence = (text: string) => plain(text).split(/[.。]\s*(?=\s|$|Role|所需)/)[0] ?? '';
