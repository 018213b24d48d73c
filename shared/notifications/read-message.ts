/**
 * What can be made of a message whose members are, for the two that matter most, not published. Everything here is an
 * assumption about names; the shapes of the values and what the register knows decide.
 */
import { type CallbackRoute, readCallbackRoute } from '../codes/life/callback-url.ts';
import { type ContractState, contractStates } from './contract.ts';
import { firstOf, isText, type Member, membersOf } from './members.ts';
import type { NotificationMessage } from './notification.ts';
import { type Occurrence, occurrenceOf } from './occurrence.ts';
import { saidIn } from './said.ts';

export interface MessageContent {
  readonly occurrence: Occurrence;
  /** Of an address of ours that the message repeats: `FlowStatusChange` is documented to have a `CallbackUrl`. */
  readonly callbackRoute: CallbackRoute | null;
  /** Texts that could be a `QrCodeId`, the likeliest first. */
  readonly qrCodeIds: readonly string[];
  readonly flowId: string | null;
  readonly flowStatus: ContractState | null;
  /** It may carry the name of the person who signs: it is compared, and never kept. */
  readonly flowName: string | null;
  /** When the contract was made. Unix seconds. */
  readonly createdOnS: number | null;
  /** When upstream ends the contract if it is not signed by all. Unix seconds. */
  readonly deadlineS: number | null;
  readonly templateId: string | null;
  /** Of a template; null: the message does not say, or not in a form that is known. */
  readonly available: boolean | null;
  /** Names of organisations in the words of the platform or of upstream. */
  readonly organizations: readonly string[];
  /** Why, in the words of the message, without personal data. */
  readonly said: string | null;
}

export function readMessage({ data }: NotificationMessage, receivedAtMs: number): MessageContent {
  const members = membersOf(data);
  const occurrence = occurrenceOf(members, receivedAtMs);
  const createdOn = members.filter(({ plain }) => /^created?on$/.test(plain));
  const created = occurrenceOf(createdOn, receivedAtMs);
  return {
    occurrence,
    callbackRoute: callbackRouteIn(members),
    qrCodeIds: qrCodeIdsIn(members),
    flowId: firstOf(members, ['FlowId'], isId)?.value ?? null,
    flowStatus: flowStatusIn(members),
    flowName: firstOf(members, ['FlowName'], isText)?.value ?? null,
    createdOnS: created.from === 'receipt' ? null : created.atS,
    deadlineS: firstOf(members, ['DeadLine'], isTime)?.value ?? null,
    templateId: firstOf(members, ['TemplateId'], isText)?.value ?? null,
    available: availableIn(members),
    organizations: organizationsIn(members),
    said: saidIn(members),
  };
}

/** Ids of upstream have 32 characters. */
function isId(value: Member['value']): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9]{32}$/.test(value);
}

/** Zero is documented to mean that there is none: a contract of a QR code always has one, and it is the assumed one then. */
function isTime(value: Member['value']): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1e9 && value < 1e10;
}

/** The register is asked for so many texts at most. */
const mostCandidates = 100;
/** Texts that are longer are prose, not links. Characters. */
const longestLink = 2_000;

/** Also inside of a link: a picture or a page of a QR code has its id in its address. */
function qrCodeIdsIn(members: readonly Member[]): string[] {
  const texts = members.filter(
    (member): member is Member & { value: string } =>
      typeof member.value === 'string' && member.value.length <= longestLink,
  );
  const likely = texts.filter(({ name }) => /qr|code/i.test(name));
  const ids = [...likely, ...texts].flatMap(({ value }) => value.match(/[A-Za-z0-9_-]{16,64}/g) ?? []);
  return [...new Set(ids)].filter((id) => !isNumberOfDocument(id)).slice(0, mostCandidates);
}

function callbackRouteIn(members: readonly Member[]): CallbackRoute | null {
  const url = firstOf(members, ['CallbackUrl'], isText)?.value ?? '';
  return readCallbackRoute(url.slice(url.lastIndexOf('/') + 1)) ?? null;
}

/** An id of upstream has letters; what has none may be a person's. */
function isNumberOfDocument(text: string): boolean {
  return /^[\d-]+[Xx]?$/.test(text);
}

/** `FlowCallbackStatus` in numbers; 8 is a contract that is still being filled in. */
const statusNumbers: Readonly<Record<number, ContractState>> = {
  1: 'INIT',
  2: 'PART',
  3: 'REJECT',
  4: 'ALL',
  5: 'DEADLINE',
  6: 'CANCEL',
  8: 'INIT',
  16: 'INVALID',
  21: 'RELIEVED',
};

/** Documented of the message for self-built applications; that of third-party applications is not published. */
const statusNames = ['FlowCallbackShowStatus', 'FlowCallbackStatus', 'FlowShowStatus', 'FlowStatus'] as const;

function flowStatusIn(members: readonly Member[]): ContractState | null {
  for (const name of statusNames) {
    const value = firstOf(members, [name], isScalar)?.value;
    const state = contractStates.find((known) => known === value) ?? statusNumbers[Number(value)];
    if (state !== undefined) return state;
  }
  return null;
}

function isScalar(value: Member['value']): value is string | number {
  return typeof value !== 'boolean';
}

/** `Available` of a template is 1 or 2 where upstream describes templates; in the message it is not published. */
function availableIn(members: readonly Member[]): boolean | null {
  const value = firstOf(
    members,
    ['Available', 'IsAvailable', 'TemplateAvailable', 'Enable', 'Enabled'],
    isAny,
  )?.value;
  if (value === true || value === 1 || value === '1') return true;
  if (value === false || value === 2 || value === '2' || value === 0 || value === '0') return false;
  return null;
}

function isAny(_value: Member['value']): _value is Member['value'] {
  return true;
}

const mostOrganizations = 10;

function organizationsIn(members: readonly Member[]): string[] {
  const named = members.filter(({ plain, value }) => /organi[sz]ation\w*id$/.test(plain) && isText(value));
  return [...new Set(named.map(({ value }) => String(value)))].slice(0, mostOrganizations);
}
