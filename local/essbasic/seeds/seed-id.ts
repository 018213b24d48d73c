/** A seed's id is 32 characters long as any other, says what it is for, and is filled up with zeros. */
export const seedId = (name: string) => `yD${name}`.padEnd(32, '0');
