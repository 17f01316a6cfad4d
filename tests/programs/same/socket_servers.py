"""Servers of the standard library: socketserver, http.server and asyncio's, and their clients."""

import asyncio
import http.client
import http.server
import socket
import socketserver
import threading
import urllib.error
import urllib.request

from attempt import attempt

LOCAL = "127.0.0.1"


class Upper(socketserver.StreamRequestHandler):
    """Answers each line in capitals."""

    def handle(self):
        for line in self.rfile:
            self.wfile.write(line.upper())


class Letters(socketserver.BaseRequestHandler):
    """Answers a datagram."""

    def handle(self):
        data, sock = self.request
        sock.sendto(data[::-1], self.client_address)


def ask(address, *lines):
    with socket.create_connection(address) as sock, sock.makefile("rwb") as file:
        answers = []
        for line in lines:
            file.write(line)
            file.flush()
            answers.append(file.readline())
    return answers


def served(server, use):
    with server:
        worker = threading.Thread(target=server.serve_forever)
        worker.start()
        use(server.server_address)
        server.shutdown()
        worker.join()


def one_after_the_other():
    served(socketserver.TCPServer((LOCAL, 0), Upper), lambda address: print(ask(address, b"a\n", b"b\n")))


def a_thread_each():
    def use(address):
        answers = [None] * 3

        def client(number):
            answers[number] = ask(address, b"client %d\n" % number, b"bye\n")

        clients = [threading.Thread(target=client, args=(number,)) for number in range(3)]
        for each in clients:
            each.start()
        for each in clients:
            each.join()
        print(answers)

    served(socketserver.ThreadingTCPServer((LOCAL, 0), Upper), use)


def letters():
    def use(address):
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            sock.sendto(b"hello", address)
            print(sock.recv(100))

    served(socketserver.UDPServer((LOCAL, 0), Letters), use)


class Page(http.server.BaseHTTPRequestHandler):
    """A page, and what is posted to it."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path != "/":
            self.send_error(404)
            return
        self.answer(b"hello")

    def do_POST(self):
        self.answer(self.rfile.read(int(self.headers["Content-Length"])).upper())

    def answer(self, data):
        self.send_response(200)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_args):
        pass

    def date_time_string(self, timestamp=None):
        return "now"


def pages():
    def use(address):
        connection = http.client.HTTPConnection(*address)
        for method, path, body in (("GET", "/", None), ("POST", "/", b"posted"), ("GET", "/none", None)):
            connection.request(method, path, body)
            answer = connection.getresponse()
            print(answer.status, answer.reason, answer.read()[:20])
        connection.close()
        with urllib.request.urlopen(f"http://{LOCAL}:{address[1]}/") as page:
            print(page.status, page.read())

    served(http.server.ThreadingHTTPServer((LOCAL, 0), Page), use)
    attempt("elsewhere", lambda: http.client.HTTPConnection(LOCAL, 9).request("GET", "/"))


async def streams():
    async def handle(reader, writer):
        while line := await reader.readline():
            writer.write(line.upper())
            await writer.drain()
        writer.close()

    async def client(number):
        reader, writer = await asyncio.open_connection(LOCAL, port)
        answers = []
        for word in (b"hello %d\n" % number, b"bye\n"):
            writer.write(word)
            answers.append(await reader.readline())
        writer.close()
        await writer.wait_closed()
        return answers

    server = await asyncio.start_server(handle, LOCAL, 0)
    port = server.sockets[0].getsockname()[1]
    async with server:
        print(await asyncio.gather(*(client(number) for number in range(3))))
        try:
            await asyncio.wait_for(asyncio.open_connection(LOCAL, 9), 5)
        except OSError as error:
            print(type(error).__name__)


async def raw():
    loop = asyncio.get_running_loop()
    server = socket.create_server((LOCAL, 0))
    server.setblocking(False)

    async def serve():
        conn, _ = await loop.sock_accept(server)
        while data := await loop.sock_recv(conn, 1000):
            await loop.sock_sendall(conn, data.upper())
        conn.close()

    task = asyncio.create_task(serve())
    sock = socket.socket()
    sock.setblocking(False)
    await loop.sock_connect(sock, server.getsockname())
    await loop.sock_sendall(sock, b"hello")
    print(await loop.sock_recv(sock, 100))
    big = b"x" * 3_000_000

    async def receive():
        data = b""
        while len(data) < len(big):
            data += await loop.sock_recv(sock, 100_000)
        return data

    _, data = await asyncio.gather(loop.sock_sendall(sock, big), receive())
    print(data == big.upper())
    sock.close()
    await task
    server.close()


async def datagrams():
    class Echo(asyncio.DatagramProtocol):
        def connection_made(self, transport):
            self.transport = transport

        def datagram_received(self, data, address):
            self.transport.sendto(data.upper(), address)

    class Asks(asyncio.DatagramProtocol):
        def __init__(self):
            self.answer = asyncio.get_running_loop().create_future()

        def connection_made(self, transport):
            transport.sendto(b"hello")

        def datagram_received(self, data, address):
            self.answer.set_result(data)

    loop = asyncio.get_running_loop()
    server, _ = await loop.create_datagram_endpoint(Echo, local_addr=(LOCAL, 0))
    client, asks = await loop.create_datagram_endpoint(Asks, remote_addr=server.get_extra_info("sockname"))
    print(await asks.answer)
    client.close()
    server.close()


async def from_another_thread():
    loop = asyncio.get_running_loop()
    happened = asyncio.Event()
    worker = threading.Thread(target=loop.call_soon_threadsafe, args=(happened.set,))
    worker.start()
    await happened.wait()
    worker.join()
    print(await asyncio.to_thread(lambda: "in a thread"))
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)
    except TimeoutError:
        print("too late")


for chapter in (one_after_the_other, a_thread_each, letters, pages):
    print("--", chapter.__name__)
    chapter()
for chapter in (streams, raw, datagrams, from_another_thread):
    print("--", chapter.__name__)
    asyncio.run(chapter())
