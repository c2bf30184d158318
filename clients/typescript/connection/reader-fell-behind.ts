import { ConnectionError } from './errors.ts';

/** Not lost, but given up for the time being. */
export class ReaderFellBehind extends ConnectionError {
  constructor() {
    super('the reader fell behind; the stream is taken up again where it is');
  }
}
