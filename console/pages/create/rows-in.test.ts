import { describe, expect, it } from 'vitest';
import { rowsIn } from './rows-in.ts';

describe('rowsIn', () => {
  it('reads what a sheet has in its cells, and what a person types', () => {
    const rows = [
      { QrCodeName: '南门, 东侧', ExternalId: 'g-1', Labels: ['岗亭', '南区'] },
      { QrCodeName: '北门' },
    ];
    expect(rowsIn('南门, 东侧\tg-1\t岗亭；南区\r\n\r\n北门\t\t\r\n')).toEqual(rows);
    expect(rowsIn('北门')).toEqual([{ QrCodeName: '北门' }]);
    expect(rowsIn('东门，g-2，a;b')).toEqual([{ QrCodeName: '东门', ExternalId: 'g-2', Labels: ['a', 'b'] }]);
  });

  it('has no rows where there is no text', () => {
    expect(rowsIn(' \n\n')).toEqual([]);
  });
});
