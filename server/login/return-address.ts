/**
 * Where a browser goes after a login: a path of our own, as an absolute address, since `//elsewhere` is a path too. Everything else leads
 * home.
 * @param base where browsers reach this installation, without a slash at the end.
 */
export function returnAddress(base: string, asked: string | null): string {
  const home = `${base}/`;
  if (asked === null || !/^\/(?![/\\])/.test(asked)) return home;
  const url = URL.parse(asked, home);
  return url && url.origin === new URL(home).origin ? url.href : home;
}
