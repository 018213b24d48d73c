/** What a person does to a cloud by hand, and how a plan must name it. */
import type { CloudModel, ModelFunction } from './cloud-model.ts';

export interface HandEdit {
  name: string;
  /** The function it is done to, as `serverless.yml` calls it. */
  functionName: string;
  edit: (it: ModelFunction, model: CloudModel) => void;
  /** What the plan says of it, in a reason or in a note. */
  named: RegExp;
}

interface Variables {
  Variables: { Key: string; Value: string }[];
}

const variables = (it: ModelFunction) => (it.members['Environment'] as Variables).Variables; // the model stores what the API takes
const trigger = (it: ModelFunction) => {
  const [first] = it.triggers;
  if (first === undefined) throw new Error('has no trigger');
  return first;
};
const describeTrigger = (it: ModelFunction, change: (description: Record<string, unknown>) => void) => {
  const description = JSON.parse(trigger(it).TriggerDesc) as Record<string, unknown>; // our own JSON
  change(description);
  trigger(it).TriggerDesc = JSON.stringify(description);
};
const byHand =
  (functionName: string) =>
  (name: string, named: RegExp, edit: HandEdit['edit']): HandEdit => ({
    name,
    functionName,
    edit,
    named,
  });
const link = byHand('stable-link');
const renew = byHand('renew-expired-codes');

export const handEdits: readonly HandEdit[] = [
  link('more memory', /MemorySize from 256 to 128/, (it) => {
    it.members['MemorySize'] = 256;
  }),
  link('a shorter timeout', /Timeout from 3 to 10/, (it) => {
    it.members['Timeout'] = 3;
  }),
  link('another role', /Role from hand to none/, (it) => {
    it.members['Role'] = 'hand';
  }),
  link('another network', /VpcId from vpc-9 to none, SubnetId from s-9 to none/, (it) => {
    it.members['VpcConfig'] = { VpcId: 'vpc-9', SubnetId: 's-9' };
  }),
  link('no public network', /PublicNetStatus from DISABLE to ENABLE/, (it) => {
    it.members['PublicNetConfig'] = { PublicNetStatus: 'DISABLE' };
  }),
  link('another description', /Description/, (it) => {
    it.members['Description'] = String(it.members['Description']).replace('Leads', 'Points');
  }),
  link('no mark in the description', /not known to be ours/, (it) => {
    it.members['Description'] = 'mine';
  }),
  link('another value of a variable', /Environment\.DATABASE_URL from a value to another value/, (it) => {
    for (const it2 of variables(it)) if (it2.Key === 'DATABASE_URL') it2.Value = 'postgres://elsewhere';
  }),
  link('another variable', /Environment\.DEBUG from a value to not set/, (it) => {
    variables(it).push({ Key: 'DEBUG', Value: '1' });
  }),
  link('a variable less', /Environment\.DATABASE_URL from not set to a value/, (it) => {
    it.members['Environment'] = { Variables: variables(it).filter(({ Key }) => Key !== 'DATABASE_URL') };
  }),
  link('other code', /changed by hand: its size is/, (it) => {
    it.zip += 'edited';
  }),
  link('another handler', /Handler from index\.other to index\.main_handler/, (it) => {
    it.members['Handler'] = 'index.other';
  }),
  link('a Function URL that wants signatures', /http trigger http: from .*"CAM".* to .*"NONE"/, (it) =>
    describeTrigger(it, (description) => {
      description['AuthType'] = 'CAM';
    }),
  ),
  link('a Function URL without CORS turned on', /"Enable":true.* to .*"Enable":false/, (it) =>
    describeTrigger(it, (description) => {
      description['CorsConfig'] = { Enable: true, Origins: ['*'] };
    }),
  ),
  link('no Function URL', /http trigger http is not there yet/, (it) => void it.triggers.splice(0)),
  link('a timer more', /timer trigger mine is not in serverless\.yml/, (it) => {
    const facts = { TriggerName: 'mine', TriggerDesc: '0 0 0 * * * *', CustomArgument: '', lateReads: 0 };
    it.triggers.push({ ...facts, Type: 'timer', Qualifier: '$DEFAULT', Enable: 1 });
  }),
  link('an alias that shares its traffic', /\$DEFAULT from version 1 and another to 1/, (it) => {
    const RoutingConfig = { AdditionalVersionWeights: [{ Version: '2', Weight: 0.5 }] };
    it.versions.push({ Version: '2', Description: 'by hand', Status: 'Active' });
    it.aliases.set('$DEFAULT', { FunctionVersion: '1', RoutingConfig });
  }),
  link('an alias that leads to $LATEST', /\$DEFAULT from version \$LATEST to 1/, (it) => {
    it.aliases.set('$DEFAULT', { FunctionVersion: '$LATEST', RoutingConfig: {} });
  }),
  link('no alias', /\$DEFAULT is not there yet/, (it) => void it.aliases.clear()),
  link('retries', /RetryNum from 0 to 2, MsgTTL from 60 to 21600/, (it) => {
    it.retry = { RetryConfig: [{ RetryNum: 0 }], MsgTTL: 60 };
  }),
  link('reserved concurrency', /ReservedConcurrencyMem from 1280 to 0/, (it) => {
    it.reserved = 1280;
  }),
  link('provisioned concurrency', /version 1 holds 5 provisioned/, (it) => void it.provisioned.set('1', 5)),
  link('a failed update', /the last update failed: Cause made up/, (it) => {
    it.status = 'UpdateFailed';
  }),
  link('a failed creation', /is CreateFailed: Cause made up/, (it) => {
    it.status = 'CreateFailed';
  }),
  link(
    'no function',
    /is not there yet/,
    (_, { functions }) => void functions.delete('qianma-dev-stable-link'),
  ),
  link('another tag', /tag project is not as described/, (it) => {
    it.members['Tags'] = [];
  }),
  link('a layer', /Layers was set by hand/, (it) => {
    it.members['Layers'] = [{ LayerName: 'l' }];
  }),
  renew('another schedule', /from 0 0 \* \* \* \* \* to 0 \* \* \* \* \* \*/, (it) => {
    trigger(it).TriggerDesc = '0 0 * * * * *';
  }),
  renew('a disabled timer', /is disabled/, (it) => {
    trigger(it).Enable = 0;
  }),
  renew('another argument', /CustomArgument/, (it) => {
    trigger(it).CustomArgument = 'none';
  }),
  renew('a timer of $LATEST', /leads to \$LATEST, not \$DEFAULT/, (it) => {
    trigger(it).Qualifier = '$LATEST';
  }),
  renew('no reserved concurrency', /ReservedConcurrencyMem from 0 to 256/, (it) => {
    it.reserved = 0;
  }),
  renew('no provisioned concurrency', /VersionProvisionedConcurrencyNum \(1\) from 0 to 1/, (it) =>
    it.provisioned.clear(),
  ),
];
