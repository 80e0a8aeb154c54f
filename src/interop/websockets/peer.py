"""One connection after the other for a program of this folder: as a server on a free port of 127.0.0.1, which it prints,
or as the client of a URL. Lives until its standard input ends. The options are JSON in the first argument:

  url        connect there, in place of listening
  deflate    permessage-deflate, with the parameters of RFC 7692 7.1 under their own names, and a level; absent: none
  fragments  cut each message that is sent at random places, inside of characters too
  seed       what the random places, and the random messages of exchange.py, are made from
  count      how many messages exchange.py sends, and expects
"""

import asyncio
import json
import os
import random
import sys
import threading

import websockets
from websockets.extensions import permessage_deflate
from websockets.frames import OP_BINARY, OP_CONT, OP_TEXT

OPTIONS = json.loads(sys.argv[1] if len(sys.argv) > 1 else "{}")

_cuts = random.Random(OPTIONS.get("seed", 1))


def run(talk):
    """Awaits talk(socket) for each connection, and prints what was agreed and how the connection ended."""
    threading.Thread(target=_end_with_input, daemon=True).start()
    asyncio.run(_connect(talk) if "url" in OPTIONS else _listen(talk))


async def send(socket, message):
    """Sends a message, text if it is a str, in one frame or in several."""
    if not OPTIONS.get("fragments"):
        await socket.send(message)
        return
    # What send() itself does with an iterator, but that it cuts text between characters only.
    payload = message.encode() if isinstance(message, str) else message
    opcode = OP_TEXT if isinstance(message, str) else OP_BINARY
    start = 0
    for place in _places(len(payload)):
        await socket.write_frame(False, opcode, payload[start:place])
        start, opcode = place, OP_CONT
    await socket.write_frame(True, opcode, payload[start:])


def _places(length):
    """Up to four places in ascending order; two may be the same, as a fragment may be empty."""
    return sorted(_cuts.randint(0, length) for _ in range(_cuts.randrange(5)))


async def _connect(talk):
    async with websockets.connect(OPTIONS["url"], **_settings(client=True)) as socket:
        await _watch(talk, socket)
    await asyncio.Event().wait()


async def _listen(talk):
    settings = _settings(client=False)
    async with websockets.serve(lambda socket: _watch(talk, socket), "127.0.0.1", 0, **settings) as server:
        print("port", server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Event().wait()


async def _watch(talk, socket):
    print("agreed", socket.response_headers.get("Sec-WebSocket-Extensions", "nothing"), flush=True)
    try:
        await talk(socket)
        await socket.wait_closed()
    except websockets.ConnectionClosed as end:
        print("error", end, flush=True)
    print("closed", socket.close_code, flush=True)


def _settings(client):
    # No pings of its own: a peer that is busy with 64 MiB would be taken for dead.
    settings = {"compression": None, "max_size": None, "ping_interval": None}
    parameters = OPTIONS.get("deflate")
    if parameters is not None:
        parameters = dict(parameters)
        compress = {"level": parameters.pop("level", 6)}
        factory = (
            permessage_deflate.ClientPerMessageDeflateFactory
            if client
            else permessage_deflate.ServerPerMessageDeflateFactory
        )
        settings["extensions"] = [factory(**parameters, compress_settings=compress)]
    return settings


def _end_with_input():
    sys.stdin.read()
    os._exit(0)
