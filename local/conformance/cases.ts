/** The cases of the conformance: each condition of each member by itself, and each pair of conditions of two members. */
import { ChannelCancelMultiFlowSignQRCode } from '../../shared/essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import { ChannelCreateMultiFlowSignQRCode } from '../../shared/essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { DescribeTemplates } from '../../shared/essbasic/DescribeTemplates.ts';
import { type ActionName, baseRequests } from './base-requests.ts';
import { type Variant, variantsOf } from './variants.ts';

/** A request, by what is changed of the one that has every member. */
export interface Case {
  /** `ChannelCreateMultiFlowSignQRCode#17`, or `…#17+203` of a pair. */
  id: string;
  action: ActionName;
  variants: readonly Variant[];
}

const contracts = { ChannelCreateMultiFlowSignQRCode, ChannelCancelMultiFlowSignQRCode, DescribeTemplates };
const actions = Object.keys(contracts) as ActionName[]; // the keys of a constant of that type

/** All of them, always the same and in the same order. */
export function* allCases(): Generator<Case> {
  for (const action of actions) {
    const variants = variantsOf(contracts[action].request, baseRequests[action]);
    yield { id: `${action}#0`, action, variants: [] };
    for (const [index, variant] of variants.entries())
      yield { id: `${action}#${index + 1}`, action, variants: [variant] };
    yield* pairsOf(action, variants);
  }
}

function* pairsOf(action: ActionName, variants: readonly Variant[]): Generator<Case> {
  const kinds = variants.map((variant, index) => ({ variant, number: index + 1 })).filter(isFirstOfItsKind());
  for (const [index, one] of kinds.entries())
    for (const other of kinds.slice(index + 1)) {
      if (isWithin(one.variant, other.variant)) continue;
      const id = `${action}#${one.number}+${other.number}`;
      yield { id, action, variants: [one.variant, other.variant] };
    }
}

/** Conditions that may be refused: two that are allowed each say nothing together. */
const contested = [
  'unknown',
  'absent',
  'null',
  'wrong-type',
  'too-long',
  'too-small',
  'too-large',
  'too-many',
];

/** Of the values of a condition of a member one is enough in a pair: the others are tried alone. */
function isFirstOfItsKind() {
  const seen = new Set<string>();
  return ({ variant: { path, condition } }: { variant: Variant }) => {
    const kind = `${path.join('.')} ${condition}`;
    if (!contested.includes(condition) || seen.has(kind)) return false;
    seen.add(kind);
    return true;
  };
}

/** Is one the same member as the other, or a member of it? */
function isWithin({ path: a }: Variant, { path: b }: Variant): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  return shorter.every((step, index) => step === longer[index]);
}
