import { describe, expect, it } from 'vitest';
import { readRequest } from './request.ts';

describe('what is asked of poster', () => {
  it('is A4 as PDF unless it says otherwise', () => {
    expect(readRequest({ CodeId: 'a' })).toEqual({
      which: { codeIds: ['a'] },
      paper: 'A4',
      format: 'pdf',
      zip: false,
      name: undefined,
    });
    expect(readRequest({ Slug: 's', Paper: 'Card', Format: 'png', Zip: 'true', Name: '北门' })).toEqual({
      which: { slug: 's' },
      paper: 'Card',
      format: 'png',
      zip: true,
      name: '北门',
    });
  });

  it('may be several codes, each once, in their order', () => {
    expect(readRequest({ CodeId: 'b, a,b,,c' }).which).toEqual({ codeIds: ['b', 'a', 'c'] });
    expect(readRequest({ Label: 'east' }).which).toEqual({ label: 'east' });
    expect(readRequest({ ExternalId: 'G,1' }).which).toEqual({ externalId: 'G,1' });
  });

  it.each([
    [{}, ''],
    [{ CodeId: 'a', Label: 'b' }, ''],
    [{ CodeId: 'a', Paper: 'A3' }, 'Paper'],
    [{ CodeId: 'a', Format: 'gif' }, 'Format'],
    [{ CodeId: 'a', Zip: '1' }, 'Zip'],
    [{ CodeId: 'a', Size: 'A4' }, 'Size'],
    [{ CodeId: '' }, 'CodeId'],
    [{ CodeId: ' , ' }, 'CodeId'],
    [{ CodeId: Array.from({ length: 101 }, (_, index) => index).join(',') }, 'CodeId'],
    [{ CodeId: 'a,b', Name: 'n' }, ''],
    [{ Label: 'a', Name: 'n' }, ''],
  ])('is refused where it is %j', (query, path) => {
    const read = () => readRequest(query as Record<string, string>); // of texts alone
    expect(read).toThrow(
      expect.objectContaining({ code: 'InvalidRequest', problems: [expect.objectContaining({ path })] }),
    );
  });
});
