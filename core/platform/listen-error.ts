/** The address cannot be listened on; the message says what to do. */
export class ListenError extends Error {
  constructor(host: string, port: number, code: string | undefined) {
    super(
      code === 'EADDRINUSE'
        ? `Port ${port} on ${host} is in use by another program. Stop it, or choose another port with EXEMPLAR_PORT.`
        : `Cannot listen on ${host}:${port} (${code}). Choose another address with EXEMPLAR_HOST and EXEMPLAR_PORT.`,
    );
    this.name = 'ListenError';
  }
}
