/** What is not found when it is there would never be found to leak. */
import { describe, expect, it } from 'vitest';
import { planting } from './people.ts';

const plants = planting();
const { Name, Latin, Mobile, IdCardNumber } = plants.person('one');
plants.person('another');

const hexOf = (text: string) => Buffer.from(text).toString('hex');
const base64Of = (text: string) => Buffer.from(text).toString('base64');
const escaped = (text: string) =>
  text.replaceAll(/[^\x20-\x7e]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16)}`);

describe('a planted person', () => {
  it.each([
    ['as it is', `to ${Name}, at the gate`],
    ['by another name', `to ${Latin}`],
    ['by a phone', `tel:+86${Mobile}`],
    ['by a number', `(${IdCardNumber})`],
    ['in lower case', Latin.toLowerCase()],
    ['in an address', `https://x.example/?q=${encodeURIComponent(Name)}`],
    ['in a form', `name=${new URLSearchParams({ name: Latin }).toString()}`],
    ['in JSON that is kept to ASCII', `{"Name":"${escaped(Name)}"}`],
    ['in JSON in JSON', JSON.stringify(`{"Name":"${escaped(Name)}"}`)],
    ['in hexadecimal digits', `\\x${hexOf(`{"Name":"${Name}"}`).toUpperCase()}`],
    ['in base64', base64Of(Name)],
    ['in base64, one byte on', base64Of(`x${Name}y`)],
    ['in base64, two bytes on', base64Of(`{"${Mobile}"}`)],
    ['in base64 of an address', Buffer.from(`??>${Name}`).toString('base64url')],
  ])('is found %s', (_, text) => {
    expect(plants.whoIsIn(text)).toEqual(['one']);
  });

  it('is neither somebody else nor found where nobody is', () => {
    expect(plants.whoIsIn(JSON.stringify(plants.person('another')))).toEqual(['another']);
    expect(plants.whoIsIn('司机 13900000000 110101200001011237 Quentin')).toEqual([]);
    expect(plants.whoIsIn(`${Name.slice(0, -1)} ${Mobile.slice(0, -1)}`)).toEqual([]);
  });

  it('is another one for each plant, with numbers of the right length', () => {
    const many = Array.from({ length: 100 }, (_, index) => plants.person(`more ${index}`));
    for (const member of ['Name', 'Latin', 'Mobile', 'IdCardNumber'] as const)
      expect(new Set(many.map((person) => person[member])).size).toBe(100);
    expect([Mobile.length, IdCardNumber.length]).toEqual([11, 18]);
  });
});
