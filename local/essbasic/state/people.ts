/** All that a real-name check would find. */
export interface MadeUpPerson {
  Name: string;
  Mobile: string;
  IdCardType: 'ID_CARD';
  IdCardNumber: string;
}

const surnames = '赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨';

/** So many made-up people there are before the first comes again. */
export const population = 10_000_000;

/**
 * A person who visibly does not exist: 虚构 ("made up") in the name, a mobile number of a range that is not in use,
 * and an identity number of no region and with a check digit that is wrong.
 *
 * @param number another one for every person, from 0
 */
export function madeUpPerson(number: number): MadeUpPerson {
  const digits = String(number % population).padStart(7, '0');
  return {
    Name: `${surnames[number % surnames.length]}虚构${digits}`,
    Mobile: `1000${digits}`,
    IdCardType: 'ID_CARD',
    IdCardNumber: wronglyChecked(`00${digits.slice(0, 4)}19000101${digits.slice(4)}`),
  };
}

/** The check digit that GB 11643 puts behind 17 digits. */
export function checkDigit(digits: string): string {
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (2 ** (17 - index) % 11),
    0,
  );
  return '10X98765432'[sum % 11] ?? '';
}

function wronglyChecked(digits: string): string {
  return `${digits}${checkDigit(digits) === '0' ? '1' : '0'}`;
}
