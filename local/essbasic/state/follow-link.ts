/** Where a link on a poster leads by now: the `QrCodeId` of the code, undefined where there is none to sign. */
export type FollowLink = (link: string) => Promise<string | undefined>;

/** Opens the link, as a scanner's telephone does, and reads the code from where it is redirected to. */
export const followOverHttp: FollowLink = async (link) => {
  try {
    const response = await fetch(link, { redirect: 'manual' });
    await response.body?.cancel();
    const location = response.headers.get('location');
    return location === null ? undefined : (codeIn(new URL(location, link)) ?? undefined);
  } catch {
    // A person who sees no page goes away.
    return undefined;
  }
};

const codeIn = (url: URL) => url.searchParams.get('qrCodeId');
