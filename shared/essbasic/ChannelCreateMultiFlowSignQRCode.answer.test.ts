import { describe, expect, it } from 'vitest';
import { response } from './ChannelCreateMultiFlowSignQRCode.ts';
import { problemPaths } from './testing/problem-paths.ts';

describe('a create answer', () => {
  it.each<[string, object]>([
    [
      'the seed document',
      {
        QrCode: { QrCodeUrl: 'test', ExpiredTime: 5, QrCodeId: 'test' },
        SignUrls: { EffectiveTime: 'test', HttpSignUrl: 'test', AppSignUrl: 'test' },
        RequestId: 'test',
      },
    ],
    [
      'the current document',
      {
        QrCode: {
          ExpiredTime: 1_695_783_727,
          QrCodeId: 'yDwJNUUckpkoj0mdUIJN2kC3XWFFaSuR',
          QrCodeUrl:
            'https://dyn.test.ess.tencent.cn/imgs/multiSignQrCodes/QrCode/yDwJNUUckpkoj0mdUIJN2kC3XWFFaSuR.png',
          WeixinQrCodeUrl:
            'https://file.ess.tencent.cn/bresource/resource/resource/0/0.PNG?hkey=a976edda49eacc2b',
        },
        RequestId: 's1695178926924585393',
        SignUrls: {
          AppSignUrl:
            'pages/guide?from=default&where=mini&autoJumpBack=true&to=CHANNEL_CONTRACT_COVER&qrCodeId=yDwJNUUckpkoj0mdUIJN2kC3XWFFaSuR&expiredTime=1695783727',
          EffectiveTime: '',
          HttpSignUrl:
            'https://res.ess.tencent.cn/cdn/h5-activity-dev/jump-mp.html?where=mini&from=MSG&to=CHANNEL_CONTRACT_COVER&qrCodeId=yDwJNUUckpkoj0mdUIJN2kC3XWFFaSuR&expiredTime=1695783727',
        },
      },
    ],
  ])('of %s is accepted as it stands', (_, example) => {
    expect(response.parse(example)).toEqual(example);
  });

  it('keeps members that upstream may add later', () => {
    const later = {
      QrCode: { QrCodeUrl: 'u', ExpiredTime: 5, QrCodeId: 'q', New: 1 },
      SignUrls: { EffectiveTime: '', HttpSignUrl: '', AppSignUrl: '', New: 1 },
      New: 1,
    };
    expect(response.parse(later)).toEqual(later);
  });

  it('has to have an id, and the rest may be missing', () => {
    const answer = { QrCode: { QrCodeUrl: 'u', ExpiredTime: '5', QrCodeId: '' }, RequestId: 'r' };
    expect(problemPaths(response, answer)).toEqual(['QrCode.ExpiredTime', 'QrCode.QrCodeId']);
    expect(problemPaths(response, { QrCode: { QrCodeId: 'q' } })).toEqual([]);
  });

  it('has an id of up to 128 visible characters', () => {
    const problemsOf = (QrCodeId: string) => problemPaths(response, { QrCode: { QrCodeId } });
    expect(problemsOf('q'.repeat(128))).toEqual([]);
    for (const id of ['q'.repeat(129), ' q', 'q ', 'q\n', 'q q', '码'])
      expect(problemsOf(id)).toEqual(['QrCode.QrCodeId']);
  });
});
