// Sends random messages while it receives as many, and prints what it has sent and received.

import { open, options, send } from './peer.mjs';
import { Messages, Tally } from './traffic.mjs';

open(async (socket) => {
  const [received, sent] = await Promise.all([receiveAll(socket), sendAll(socket)]);
  console.log(`sent ${sent}`);
  console.log(`received ${received}`);
});

function receiveAll(socket) {
  const tally = new Tally();
  return new Promise((resolve) =>
    socket.on('message', (bytes, binary) => {
      tally.add(bytes, binary);
      if (tally.count === options.count) resolve(tally);
    }),
  );
}

async function sendAll(socket) {
  const tally = new Tally();
  const messages = new Messages(options.seed);
  for (let i = 0; i < options.count; i++) {
    const { bytes, binary } = messages.next();
    tally.add(bytes, binary); // before it is sent, as the sender may mask it where it lies
    await send(socket, bytes, binary);
  }
  return tally;
}
