import type { Services } from '../services.ts';
import { defaultNamespace } from './account.ts';
import { beijingTime } from './beijing-time.ts';
import type { FunctionRecord, Version } from './function-record.ts';
import { triggerView } from './trigger-view.ts';

const largestShownBytes = 2 ** 20;

/** What `GetFunction` answers of one version. */
export function functionView(services: Services, fn: FunctionRecord, version: Version, showCode: boolean) {
  const { handler, configuration, code } = version.content;
  const { life } = version;
  return {
    FunctionName: fn.name,
    Namespace: defaultNamespace,
    FunctionId: fn.functionId,
    FunctionVersion: version.name,
    Qualifier: version.name,
    Type: 'Event',
    Runtime: fn.runtime,
    Handler: handler,
    ...configuration,
    Layers: [],
    CfsConfig: { CfsInsList: [] },
    CodeInfo: showCode ? entryText(version) : '',
    CodeSize: code.sizeBytes,
    CodeResult: 'success',
    CodeError: '',
    ErrNo: 0,
    UseGpu: 'FALSE',
    Status: life.status,
    StatusDesc: life.reasons.map(({ ErrorMessage }) => ErrorMessage).join('; '),
    StatusReasons: life.reasons,
    AvailableStatus: 'Available',
    AsyncRunEnable: fn.asyncRunEnable,
    TraceEnable: fn.traceEnable,
    Tags: fn.tags,
    // What is read here is asked for by the qualifier too.
    Triggers: fn.triggers
      .filter(({ qualifier }) => qualifier === version.name)
      .map((trigger) => triggerView(services, trigger)),
    AccessInfo: { Host: '', Vip: '' },
    EipConfig: { EipFixed: 'FALSE', Eips: [] },
    ImageConfig: null,
    ProtocolType: null,
    ProtocolParams: null,
    InstanceConcurrencyConfig: null,
    OnsEnable: null,
    AddTime: beijingTime(version.addedMs),
    ModTime: beijingTime(version.changedMs),
  };
}

function entryText({ content }: Version): string {
  const [file = ''] = content.handler.split('.');
  const entry = content.code.files.find(({ path }) => path === `${file}.js`);
  return entry === undefined || entry.bytes.length > largestShownBytes
    ? ''
    : Buffer.from(entry.bytes).toString('utf8');
}

/** What `ListFunctions` answers of a function. */
export function listedView(fn: FunctionRecord) {
  const { latest } = fn;
  return {
    FunctionName: fn.name,
    Namespace: defaultNamespace,
    FunctionId: fn.functionId,
    Type: 'Event',
    Runtime: fn.runtime,
    Description: latest.content.configuration.Description,
    Status: latest.life.status,
    StatusDesc: latest.life.reasons.map(({ ErrorMessage }) => ErrorMessage).join('; '),
    StatusReasons: latest.life.reasons,
    Tags: fn.tags,
    AsyncRunEnable: fn.asyncRunEnable,
    TraceEnable: fn.traceEnable,
    ReservedConcurrencyMem: fn.reservedMb ?? null,
    TotalProvisionedConcurrencyMem:
      [...fn.provisioned.values()].reduce((sum, instances) => sum + instances, 0) *
      latest.content.configuration.MemorySize,
    AddTime: beijingTime(fn.addedMs),
    ModTime: beijingTime(fn.changedMs),
  };
}
