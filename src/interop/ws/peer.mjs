// One connection after the other for a program of this folder: as a server on a free port of 127.0.0.1, which it prints,
// or as the client of a URL. Lives until its standard input ends. The options are JSON in the first argument:
//
//   url        connect there, in place of listening
//   deflate    permessage-deflate, with the parameters of RFC 7692 7.1 under their own names, and a level; absent: none
//   fragments  cut each message that is sent at random places, inside of characters too
//   seed       what the random places, and the random messages of exchange.mjs, are made from
//   count      how many messages exchange.mjs sends, and expects

import { WebSocket, WebSocketServer } from 'ws';
import { Random } from './random.mjs';

export const options = JSON.parse(process.argv[2] ?? '{}');

const cuts = new Random(options.seed ?? 1);

/** Calls talk(socket) for each connection, and prints what was agreed and how the connection ended. */
export function open(talk) {
  process.stdin.on('end', () => process.exit()).resume();
  if (options.url) {
    const socket = new WebSocket(options.url, settings());
    socket.on('upgrade', (response) => agreed(response.headers['sec-websocket-extensions']));
    socket.on('open', () => talk(socket));
    watch(socket);
    return;
  }
  const server = new WebSocketServer({ host: '127.0.0.1', port: 0, ...settings() });
  server.on('listening', () => console.log(`port ${server.address().port}`));
  server.on('headers', (headers) => {
    const name = 'sec-websocket-extensions: ';
    agreed(headers.find((line) => line.toLowerCase().startsWith(name))?.slice(name.length));
  });
  server.on('connection', (socket) => {
    watch(socket);
    talk(socket);
  });
}

/** Sends a message of bytes as text or binary, in one frame or in several; done when it has been handed to the system. */
export function send(socket, bytes, binary) {
  return new Promise((resolve, reject) => {
    const sent = (error) => (error ? reject(error) : resolve());
    let from = 0;
    for (const place of options.fragments ? places(bytes.length) : []) {
      socket.send(bytes.subarray(from, place), { binary, fin: false });
      from = place;
    }
    socket.send(bytes.subarray(from), { binary, fin: true }, sent);
  });
}

/** Up to four places in ascending order; two may be the same, as a fragment may be empty. */
function places(length) {
  return Array.from({ length: cuts.below(5) }, () => cuts.below(length + 1)).sort((a, b) => a - b);
}

function settings() {
  const asked = options.deflate;
  return {
    maxPayload: 0,
    perMessageDeflate: asked
      ? {
          serverNoContextTakeover: asked.server_no_context_takeover,
          clientNoContextTakeover: asked.client_no_context_takeover,
          serverMaxWindowBits: asked.server_max_window_bits,
          clientMaxWindowBits: asked.client_max_window_bits,
          zlibDeflateOptions: { level: asked.level },
          threshold: 0,
        }
      : false,
  };
}

function agreed(extensions) {
  console.log(`agreed ${extensions ?? 'nothing'}`);
}

function watch(socket) {
  socket.on('error', (error) => console.log(`error ${error.message}`));
  socket.on('close', (code) => console.log(`closed ${code}`));
}
