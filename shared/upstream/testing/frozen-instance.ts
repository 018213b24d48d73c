/**
 * An instance that the test freezes. A word on its standard input is an event, a line on its output the answer.
 *
 * It says `ready` and then waits for a byte on descriptor 3 without returning to the event loop. What it does next
 * it thus does before it can have read that its connection is gone: the worst order of things, every time.
 */
import { readSync, writeSync } from 'node:fs';
import { ChannelCancelMultiFlowSignQRCode as cancel } from '../../essbasic/ChannelCancelMultiFlowSignQRCode.ts';
import { ChannelCreateMultiFlowSignQRCode as create } from '../../essbasic/ChannelCreateMultiFlowSignQRCode.ts';
import { createUpstream } from '../create-upstream.ts';
import { cancelRequest, createRequest, credentials } from './requests.ts';

const upstream = createUpstream({ credentials, endpoint: process.argv[2] ?? '' });

process.stdin.on('data', (event) => {
  writeSync(1, 'ready');
  readSync(3, Buffer.alloc(1));
  const options = { deadlineMs: Date.now() + 20_000 };
  const call =
    event.toString() === 'create'
      ? upstream.call(create, createRequest, options)
      : upstream.call(cancel, cancelRequest, options);
  call.then(
    ({ requestId }) => process.stdout.write(requestId),
    (error: unknown) => process.stdout.write(String(error)),
  );
});
