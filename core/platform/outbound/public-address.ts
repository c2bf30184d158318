import { BlockList, isIP, isIPv4 } from 'node:net';

/** IANA's special-purpose IPv4 networks: this machine, private, shared, link-local (cloud metadata), documentation, benchmarks, multicast, reserved. */
const specialIPv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Of IPv6 only global unicast is public: what maps IPv4, loopback, link-local and unique local addresses lie outside. */
const globalIPv6 = ['2000::/3'];
/** Inside it: special assignments and Teredo, documentation, 6to4, which carries IPv4. */
const specialIPv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

/** @throws {Error} that names a network which is none: `ADDRESS/BITS`, IPv4 or IPv6. */
export function networkList(networks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, bits] = network.split('/') as [string, string | undefined];
    const most = isIPv4(address) ? 32 : 128;
    if (!isIP(address) || bits === undefined || !/^\d{1,3}$/.test(bits) || Number(bits) > most)
      throw new Error(`${JSON.stringify(network)} is no network like 10.0.0.0/8`);
    list.addSubnet(address, Number(bits), isIPv4(address) ? 'ipv4' : 'ipv6');
  }
  return list;
}

const [special4, global6, special6] = [specialIPv4, globalIPv6, specialIPv6].map(networkList) as [
  BlockList,
  BlockList,
  BlockList,
];

/** Whether an address, IPv4 or IPv6, is one of the public internet. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special4.check(address, 'ipv4');
  return isIP(address) === 6 && global6.check(address, 'ipv6') && !special6.check(address, 'ipv6');
}
