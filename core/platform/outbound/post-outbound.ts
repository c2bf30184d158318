import { lookup } from 'node:dns/promises';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, isIPv4, type BlockList, type LookupFunction } from 'node:net';
import { isPublicAddress } from './public-address.ts';

/** The address of a receiver is not one that we send to. */
export class AddressRefusedError extends Error {
  constructor(host: string) {
    super(
      `${host} is, or leads to, an address that is not public. An administrator can allow its network with EXEMPLAR_WEBHOOK_NETWORKS.`,
    );
    this.name = 'AddressRefusedError';
  }
}

export interface Outbound {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Networks that may be sent to although they are not public. */
  readonly allowed: BlockList;
  readonly milliseconds: number;
  readonly signal: AbortSignal;
  /** All addresses of a host. @default the system's */
  readonly resolve?: (host: string) => Promise<readonly { address: string; family: number }[]>;
}

/**
 * Posts to an address that somebody else has chosen: the host is resolved once, every address of it must be public or allowed, and the
 * connection goes to what was checked, whatever the name says a moment later. Redirects are not followed; nothing of the answer is read
 * but its status, which is returned. @throws {AddressRefusedError}; an error of the network or after the time is over.
 */
export async function postOutbound(url: URL, outbound: Outbound): Promise<number> {
  const { headers, body, allowed, milliseconds } = outbound;
  const signal = AbortSignal.any([outbound.signal, AbortSignal.timeout(milliseconds)]);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = await Promise.race([addressesOf(host, outbound.resolve), rejectedBy(signal)]);
  if (
    addresses.length === 0 ||
    addresses.some(({ address }) => !isPublicAddress(address) && !contains(allowed, address))
  )
    throw new AddressRefusedError(host);
  const pinned: LookupFunction = (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, [...addresses]);
    else callback(null, first!.address, first!.family);
  };
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const request = send(url, { method: 'POST', headers, lookup: pinned, agent: false, signal }, (response) => {
      resolve(response.statusCode!);
      response.destroy();
    });
    request.on('error', reject);
    request.end(body);
  });
}

const addressesOf = async (host: string, resolve: Outbound['resolve']) =>
  isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : ((await resolve?.(host)) ?? (await lookup(host, { all: true })));

const contains = (networks: BlockList, address: string): boolean =>
  networks.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

const rejectedBy = (signal: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
