"""Sends each message back."""

import peer


async def echo(socket):
    async for message in socket:
        await peer.send(socket, message)


peer.run(echo)
