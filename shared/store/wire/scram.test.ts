import { describe, expect, it } from 'vitest';
import { beginScram, scramProofs } from './scram.ts';

/** RFC 7677 §3. */
const published = {
  nonce: 'rOprNGfwEbeRWgbNEkqO',
  user: 'user',
  password: 'pencil',
  first: 'n,,n=user,r=rOprNGfwEbeRWgbNEkqO',
  serverFirst: 'r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096',
  last: 'c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=',
  serverFinal: 'v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4=',
};

const begun = () => beginScram({ ...published, binding: 'not-wished' });

describe('SCRAM-SHA-256', () => {
  it('says what RFC 7677 has the client say, and takes what it has the server say', async () => {
    const scram = begun();
    expect(scram.first).toBe(published.first);
    expect(await scram.answer(published.serverFirst)).toBe(published.last);
    expect(() => scram.verify(published.serverFinal)).not.toThrow();
  });

  it('proves as RFC 5802 §5 does, whose hash is another', async () => {
    const messages =
      'n=user,r=fyko+d2lbbFgONRv9qkxdawL,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096,c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j';
    const { proof, signature } = await scramProofs(
      { name: 'sha1', bytes: 20 },
      { password: 'pencil', salt: Buffer.from('QSXCR+Q6sek8bf92', 'base64'), iterations: 4096, messages },
    );
    expect(proof.toString('base64')).toBe('v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=');
    expect(signature.toString('base64')).toBe('rmF9pqV8S7suAoZWja4dJRkFsKQ=');
  });

  it.each([
    ['another signature', 'v=7rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4='],
    ['a shorter one', 'v=6rri'],
    ['an error', 'e=invalid-proof'],
    ['nothing', ''],
  ])('takes no server for one that knows the password which sends %s', async (_, serverFinal) => {
    const scram = begun();
    await scram.answer(published.serverFirst);
    expect(() => scram.verify(serverFinal)).toThrow('SASL: the server has not proven');
  });

  it('takes no proof before it has answered', () => {
    expect(() => begun().verify(published.serverFinal)).toThrow('SASL: the server has not proven');
  });

  it.each([
    ['a nonce that is not ours', 'r=another,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096', 'nonce'],
    ['our nonce alone', 'r=rOprNGfwEbeRWgbNEkqO,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096', 'nonce'],
    ['a nonce with a blank', 'r=rOprNGfwEbeRWgbNEkqO x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096', 'nonce'],
    ['no salt', 'r=rOprNGfwEbeRWgbNEkqOx,i=4096', 'salt'],
    ['a salt that is no base64', 'r=rOprNGfwEbeRWgbNEkqOx,s=W22,i=4096', 'salt'],
    ['no iterations', 'r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==', 'iterations'],
    ['too many iterations', 'r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=100001', 'iterations'],
    ['half an iteration', 'r=rOprNGfwEbeRWgbNEkqOx,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0.5', 'iterations'],
    ['nothing', '', 'nonce'],
  ])('does not answer a server that begins with %s', async (_, serverFirst, told) => {
    await expect(begun().answer(serverFirst)).rejects.toThrow(told);
  });

  it('says whether the proof is bound to the certificate, and binds it', async () => {
    const options = { ...published, user: '*' };
    expect(beginScram({ ...options, binding: 'not-offered' }).first).toBe(`y,,n=*,r=${published.nonce}`);
    const bound = beginScram({ ...options, binding: Buffer.from('hash') });
    expect(bound.first).toBe(`p=tls-server-end-point,,n=*,r=${published.nonce}`);
    const c = Buffer.from('p=tls-server-end-point,,hash').toString('base64');
    expect(await bound.answer(published.serverFirst)).toContain(`c=${c},r=`);
  });

  it.each([
    // RFC 4013 §3: mapped to nothing, kept, normalised; and a space that is none in ASCII.
    ['I\u00ADX', 'IX'],
    ['user', 'user'],
    ['\u00AA', 'a'],
    ['\u2168', 'IX'],
    ['a\u00A0b', 'a b'],
  ])('proves the password %j as %j', async (given, meant) => {
    const answered = async (password: string) =>
      beginScram({ ...published, password, binding: 'not-wished' }).answer(published.serverFirst);
    expect(await answered(given)).toBe(await answered(meant));
  });
});
