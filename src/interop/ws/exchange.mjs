// Sends random messages while it receives as many, and prints what it has sent and received.

import { open, options, send } from './peer.mjs';
import { Messages, Tally } from './traffic.mjs';

open(async (socket) => {
  const sent = new Tally();
  const received = new Tally();
  let allSent = false;
  const done = () => {
    if (allSent && received.count === options.count) {
      console.log(`sent ${sent}`);
      console.log(`received ${received}`);
    }
  };
  socket.on('message', (bytes, binary) => {
    received.add(bytes, binary);
    done();
  });
  const messages = new Messages(options.seed);
  for (let i = 0; i < options.count; i++) {
    const { bytes, binary } = messages.next();
    sent.add(bytes, binary); // before it is sent, as the sender may mask it where it lies
    await send(socket, bytes, binary);
  }
  allSent = true;
  done();
});
