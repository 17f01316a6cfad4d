"""asyncio: streams, servers and protocols on sockets; who is answered when, and how connections end."""

import asyncio
import socket


async def shout(reader, writer):
    while line := await reader.readline():
        writer.write(line.upper())
        await writer.drain()
    print("a client has left")
    writer.close()
    await writer.wait_closed()


async def client(name, port, lines):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for line in lines:
        writer.write(f"{line}\n".encode())
        print(name, "hears", (await reader.readline()).decode().strip())
        await asyncio.sleep(0.03)
    writer.close()
    await writer.wait_closed()
    print(name, "is done")


async def echo():
    server = await asyncio.start_server(shout, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        await client("first", port, ["hello", "world"])
        await asyncio.sleep(0.03)
        await client("second", port, ["again"])
        await asyncio.sleep(0.03)
    print("closed", server.is_serving())


async def reading():
    async def serve(reader, writer):
        writer.write(b"0123456789" * 3 + b"|rest")
        await writer.drain()
        writer.write_eof()
        print("asked", await reader.read())
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        print(await reader.readexactly(10))
        print(await reader.readuntil(b"|"))
        try:
            await reader.readexactly(10)
        except asyncio.IncompleteReadError as error:
            print(error.partial, error.expected, reader.at_eof())
        writer.write(b"a question")
        writer.write_eof()
        await asyncio.sleep(0.06)
        writer.close()
    try:
        await asyncio.open_connection("127.0.0.1", 1)
    except OSError as error:
        print(type(error).__name__)


async def raw():
    loop = asyncio.get_running_loop()
    listener = socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)

    async def answer():
        connection, _ = await loop.sock_accept(listener)
        with connection:
            data = await loop.sock_recv(connection, 100)
            await asyncio.sleep(0.03)
            await loop.sock_sendall(connection, data[::-1])

    task = asyncio.create_task(answer())
    with socket.socket() as end:
        end.setblocking(False)
        await loop.sock_connect(end, listener.getsockname())
        await loop.sock_sendall(end, b"abc")
        print(await loop.sock_recv(end, 100))
        print(await loop.sock_recv(end, 100))
    await task
    listener.close()


class Counting(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
        print("made")

    def data_received(self, data):
        self.transport.write(str(len(data)).encode())

    def connection_lost(self, error):
        print("lost", error)


async def protocols():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(Counting, "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"seven..")
    print(await reader.read(10))
    writer.close()
    await asyncio.sleep(0.03)
    server.close()
    try:
        async with asyncio.timeout(0.03):
            await asyncio.start_server(shout, "127.0.0.1", 0)
            await asyncio.Event().wait()
    except TimeoutError:
        print("nobody came")


for part in (echo, reading, raw, protocols):
    print("-", part.__name__)
    asyncio.run(part())
