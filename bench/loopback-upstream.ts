/**
 * A process of its own that answers every request with one canned success of create: its cost is on another
 * processor, and the same for every caller. Prints its port.
 */
import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';

// Nothing outlives the benchmark.
process.once('disconnect', () => process.exit());

const answer = JSON.stringify({
  Response: {
    QrCode: {
      QrCodeId: '',
      QrCodeUrl: 'https://dyn.example/imgs/multiSignQrCodes/QrCode/yDbenchbenchbenchbenchbenchbench.png',
      ExpiredTime: Math.floor(Date.now() / 1000) + 604_800,
    },
    SignUrls: {
      AppSignUrl: 'pages/guide?from=default',
      EffectiveTime: '',
      HttpSignUrl: 'https://res.example/jump-mp.html',
    },
    RequestId: 's1695178926924585393',
  },
});

/** No two runs may give out the same ids: a register keeps them for good. */
const run = randomBytes(8).toString('hex');
let count = 0;
const server = createServer((request, response) => {
  request.resume().once('end', () => {
    count += 1;
    const id = `yD${run}${String(count).padStart(30 - run.length, '0')}`;
    response.writeHead(200, { 'Content-Type': 'application/json' });
    response.end(answer.replace('"QrCodeId":""', `"QrCodeId":"${id}"`));
  });
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  console.log(typeof address === 'object' && address !== null ? address.port : '');
});
