/** Where a link on a poster leads by now: the `QrCodeId` of the code, undefined where there is none to sign. */
export type FollowLink = (link: string) => Promise<string | undefined>;

/** Opens the link, as the telephone of somebody who scans it does, and reads the code from where it is sent to. */
export const followOverHttp: FollowLink = async (link) => {
  try {
    const response = await fetch(link, { redirect: 'manual' });
    await response.body?.cancel();
    const location = response.headers.get('location');
    return location === null ? undefined : (codeIn(new URL(location, link)) ?? undefined);
  } catch {
    // Whoever sees no page goes away.
    return undefined;
  }
};

const codeIn = (url: URL) => url.searchParams.get('qrCodeId');
