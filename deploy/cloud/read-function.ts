import * as z from 'zod/mini';
import type { FunctionPart } from '../plan/current-state.ts';
import { readCodeMark } from '../plan/release-marks.ts';

const text = z.catch(z.string(), '');
const count = z.catch(z.number(), 0);

/** The answer of `GetFunction`, as far as it matters here. Members that may be null are read as if left out. */
const Answer = z.object({
  Status: text,
  StatusDesc: text,
  StatusReasons: z.nullish(z.array(z.object({ ErrorCode: text, ErrorMessage: text }))),
  Type: text,
  Runtime: text,
  Handler: text,
  Description: text,
  MemorySize: count,
  Timeout: count,
  InitTimeout: count,
  CodeSize: count,
  Role: text,
  ClsLogsetId: text,
  ClsTopicId: text,
  Environment: z.nullish(z.object({ Variables: z.nullish(z.array(z.object({ Key: text, Value: text }))) })),
  VpcConfig: z.nullish(z.object({ VpcId: text, SubnetId: text })),
  PublicNetConfig: z.nullish(
    z.object({ PublicNetStatus: text, EipConfig: z.nullish(z.object({ EipStatus: text })) }),
  ),
  Tags: z.nullish(z.array(z.object({ Key: text, Value: text }))),
  Layers: z.nullish(z.array(z.unknown())),
  DeadLetterConfig: z.nullish(z.object({ Name: text })),
  CfsConfig: z.nullish(z.object({ CfsInsList: z.nullish(z.array(z.unknown())) })),
});

export function readFunctionPart(answer: unknown): FunctionPart {
  const it = Answer.parse(answer);
  return {
    status: it.Status,
    statusReason: [
      ...(it.StatusReasons ?? []).map((reason) => `${reason.ErrorCode} ${reason.ErrorMessage}`.trim()),
    ]
      .filter((reason) => reason !== '')
      .join('; '),
    type: it.Type || 'Event',
    runtime: it.Runtime,
    handler: it.Handler,
    configuration: {
      description: it.Description,
      memoryMb: it.MemorySize,
      timeoutS: it.Timeout,
      // What an update sends to clear the environment is a variable without a name.
      environment: Object.fromEntries(
        (it.Environment?.Variables ?? []).flatMap(({ Key, Value }) => (Key === '' ? [] : [[Key, Value]])),
      ),
      vpcId: it.VpcConfig?.VpcId ?? '',
      subnetId: it.VpcConfig?.SubnetId ?? '',
      publicNetwork: it.PublicNetConfig?.PublicNetStatus !== 'DISABLE',
      role: it.Role,
      log: { logsetId: it.ClsLogsetId, topicId: it.ClsTopicId },
    },
    code: readCodeMark(it.Description),
    codeSize: it.CodeSize,
    tags: Object.fromEntries((it.Tags ?? []).map(({ Key, Value }) => [Key, Value])),
    undescribed: undescribed(it),
  };
}

/** The platform's default, in seconds. */
const initTimeoutS = 65;

function undescribed(it: z.infer<typeof Answer>): string[] {
  return [
    ...(it.InitTimeout === 0 || it.InitTimeout === initTimeoutS ? [] : [`InitTimeout ${it.InitTimeout}`]),
    ...((it.Layers ?? []).length === 0 ? [] : ['Layers']),
    ...(it.DeadLetterConfig?.Name ? ['DeadLetterConfig'] : []),
    ...((it.CfsConfig?.CfsInsList ?? []).length === 0 ? [] : ['CfsConfig']),
    ...(it.PublicNetConfig?.EipConfig?.EipStatus === 'ENABLE' ? ['EipConfig'] : []),
  ];
}
