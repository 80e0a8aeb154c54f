"""Sends random messages while it receives as many, and prints what it has sent and received."""

import asyncio

import peer
from traffic import Messages, Tally


async def send(socket):
    tally = Tally()
    messages = Messages(peer.OPTIONS["seed"])
    for _ in range(peer.OPTIONS["count"]):
        message = messages.next()
        tally.add(message)
        await peer.send(socket, message)
    return tally


async def receive(socket):
    tally = Tally()
    for _ in range(peer.OPTIONS["count"]):
        tally.add(await socket.recv())
    return tally


async def exchange(socket):
    sent, received = await asyncio.gather(send(socket), receive(socket))
    print("sent", sent, flush=True)
    print("received", received, flush=True)


peer.run(exchange)
