"""Sends the preview requests that no browser would, and sees to it that it stays up and keeps to its folder.

    fuzz_http.py PORT COUNT SEED SECRET

SECRET is a text that stands in a file beside the output: an answer that holds it fails. The requests
are made from good ones by changing, doubling, cutting and joining their parts, with every way to write
a step up that is known, and from mere noise. The same seed makes the same requests.
"""
import random
import socket
import sys

port, count, seed, secret = int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4].encode()
dice = random.Random(seed)

UPS = [b"..", b"%2e%2e", b"%2E.", b".%2e", b"%252e%252e", b"%c0%ae%c0%ae", b"%e0%80%ae%e0%80%ae", b"%uff0e%uff0e",
       b"..%00", b"..%2f", b"..%5c", b"..\\", b"..;", b"%2e%2e%2f", b"..%c0%af", b"..%ef%bc%8f", b"....//", b"./.."]
PATHS = [b"/", b"/members/", b"/assets/style.css", b"/_copse/events", b"/_copse/problems", b"/_copse/preview.js",
         b"/secret.txt", b"/content/site.yml", b"/.copse/", b"//", b"/%", b"/%0", b"/%zz", b"*", b"http://localhost/",
         b"http://evil.example/", b"https://[::1]/", b"file:///etc/passwd", b"/etc/passwd", b"C:\\boot.ini"]
METHODS = [b"GET", b"HEAD", b"POST", b"PUT", b"OPTIONS", b"CONNECT", b"TRACE", b"get", b"G\x00T", b"", b"GET" * 300]
HEADERS = [b"Host: localhost", b"Host: 127.0.0.1:80", b"Host: evil.example", b"Host:", b"Host: localhost\x00.evil.example",
           b"Range: bytes=0-", b"Range: bytes=-1", b"Range: bytes=5-2", b"Range: bytes=0-18446744073709551615",
           b"Range: bytes=" + b"0-1," * 500, b"If-None-Match: *", b"If-None-Match: " + b'"a",' * 900, b"If-Range: x",
           b"Content-Length: 5", b"Content-Length: -1", b"Content-Length: 99999999999999999999",
           b"Transfer-Encoding: chunked", b"Transfer-Encoding: gzip, chunked", b"Connection: close",
           b"Connection: upgrade", b"Upgrade: websocket", b"Expect: 100-continue", b"Last-Event-ID: 18446744073709551616",
           b"Last-Event-ID: -1", b" folded", b"no colon", b": no name", b"X" * 9000, b"X: " + b"y" * 40000, b"\x80\xff: \xfe"]
ENDS = [b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r", b"\x00", b""]


def target():
    path = dice.choice(PATHS)
    if dice.random() < 0.6:
        path = b"/" + b"/".join(dice.choice(UPS) for _ in range(dice.randint(1, 6))) + path
    if dice.random() < 0.2:
        path += b"?" + dice.choice([b"since=1", b"since=99999999999999999999", b"&&&=", b"a" * 5000])
    if dice.random() < 0.02:
        path *= dice.choice([100, 3000])
    return path


def request():
    if dice.random() < 0.05:
        return dice.randbytes(dice.randint(1, 3000))
    end = dice.choice(ENDS)
    lines = [dice.choice(METHODS if dice.random() < 0.3 else METHODS[:1]) + b" " + target() + b" " +
             dice.choice([b"HTTP/1.1"] * 6 + [b"HTTP/1.0", b"HTTP/9.9", b"HTTP", b""])]
    lines += [b"Host: localhost"] if dice.random() < 0.8 else []
    lines += [dice.choice(HEADERS) for _ in range(dice.randint(0, 4))]
    whole = bytearray(end.join(lines) + b"\r\n\r\n")
    for _ in range(dice.randint(0, 3) if dice.random() < 0.3 else 0):
        whole[dice.randrange(len(whole))] = dice.randrange(256)
    if dice.random() < 0.1:
        whole = whole[:dice.randrange(len(whole)) + 1]
    if dice.random() < 0.2:
        whole += dice.choice([b"hello", b"5\r\nhello\r\n0\r\n\r\n", b"ffffffffffffffff1\r\n", bytes(whole)])
    return bytes(whole)


def answer(bytes_sent, patience):
    """What comes back until the server has nothing more to say."""
    got = b""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.settimeout(patience)
        try:
            connection.sendall(bytes_sent)
            connection.shutdown(socket.SHUT_WR)
            while len(got) < 1 << 20:
                part = connection.recv(65536)
                if not part:
                    break
                got += part
        except OSError:
            pass
    return got


good = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
# First every way up by itself, in a request that is else as it should be.
ways = [b"/" + up + slash + b"secret.txt" for up in UPS for slash in (b"/", b"%2f", b"\\", b"")]
ways += [b"/members/" + way[1:way.rindex(b"secret")] + way[1:] for way in ways]
plain = [b"GET " + way + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n" for way in ways]
for number in range(len(plain) + count):
    sent = plain[number] if number < len(plain) else request()
    got = answer(sent, 0.03)
    if secret in got:
        sys.exit(f"request {number} of seed {seed} got what is not in the output:\n{sent!r}")
    if got and not got.startswith(b"HTTP/1."):
        sys.exit(f"request {number} of seed {seed} got no HTTP:\n{sent!r}\n{got[:200]!r}")
    if number % 50 == 49 and b"200 OK" not in answer(good, 10)[:40]:
        sys.exit(f"after request {number} of seed {seed} a good one has no answer; the last was\n{sent!r}")
