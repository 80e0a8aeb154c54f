// Sends each message back.

import { open, send } from './peer.mjs';

open((socket) => socket.on('message', (bytes, binary) => send(socket, bytes, binary)));
