#!/usr/bin/env python3
"""Talks to copse-pictures as copse does (src/base/picture_request.h), for tests that must see it alone.

    ask_pictures.py PROGRAM limits              what the kernel says of it once it has greeted
    ask_pictures.py PROGRAM make FILE WISH OUT  one picture, WISH like 400x267:webp (also :cut for a crop)
    ask_pictures.py PROGRAM torment FILE...     each file's bytes, cut off and damaged in many ways: what became of
                                                each; the program must answer all of them without being started anew
"""
import random
import struct
import subprocess
import sys

FORMATS = {"jpg": 0, "png": 1, "webp": 2, "avif": 3, "tone": 4}


class Program:
    def __init__(self, path, *arguments):
        self.process = subprocess.Popen([path, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        env={"LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"})
        letters, body = self.frame()
        assert letters == b"CPH1", letters
        self.hello = list(texts(body, 3))

    def frame(self):
        head = self.process.stdout.read(8)
        if len(head) < 8:
            raise EOFError("copse-pictures ended with %s" % self.process.wait())
        letters, length = struct.unpack("<4sI", head)
        return letters, self.process.stdout.read(length)

    def ask(self, data, *wishes):
        """The pictures that were wished for, or why there are none, a str."""
        body = struct.pack("<I", len(wishes))
        for wish in wishes:
            size, form, *rest = wish.split(":")
            width, height = size.split("x")
            body += struct.pack("<5I", int(width), int(height), "cut" in rest, FORMATS[form], 78)
        body += struct.pack("<I", len(data)) + data
        self.process.stdin.write(struct.pack("<4sI", b"CPQ1", len(body)) + body)
        self.process.stdin.flush()
        letters, answer = self.frame()
        assert letters == b"CPA1", letters
        bad, length = struct.unpack_from("<II", answer)
        message = answer[8:8 + length].decode(errors="replace")
        if bad:
            return message
        count, = struct.unpack_from("<I", answer, 8 + length)
        assert count == len(wishes), count
        return list(texts(answer[12 + length:], count))

    def end(self):
        self.process.stdin.close()
        return self.process.wait()


def texts(body, count):
    for _ in range(count):
        length, = struct.unpack_from("<I", body)
        yield body[4:4 + length]
        body = body[4 + length:]


def limits(program):
    process = f"/proc/{program.process.pid}"
    with open(f"{process}/status", encoding="ascii") as file:
        for line in file:
            if line.startswith(("Seccomp:", "NoNewPrivs:")):
                print(" ".join(line.split()))
    with open(f"{process}/limits", encoding="ascii") as file:
        for line in file:
            if line.startswith(("Max cpu", "Max file size", "Max core", "Max open", "Max address")):
                print(" ".join(line.split()))
    print("confined", program.hello[2].decode())


def damaged(data, chance):
    yield data[:chance.randrange(len(data))]
    for _ in range(6):
        other = bytearray(data)
        for _ in range(chance.choice((1, 3, 30))):
            other[chance.randrange(len(other))] = chance.choice((0, 0xFF, chance.randrange(256)))
        yield bytes(other)
    at = chance.randrange(len(data))
    yield data[:at] + bytes(chance.randrange(256) for _ in range(200)) + data[at:]


def torment(program, files):
    chance = random.Random(12)
    made = refused = 0
    for name in files:
        with open(name, "rb") as file:
            data = file.read()
        for bad in damaged(data, chance) if data else [b""]:
            answer = program.ask(bad, "40x30:webp", "16x16:jpg:cut", "1x1:tone")
            made += isinstance(answer, list)
            refused += isinstance(answer, str)
    print(f"{made} made, {refused} refused")


def main():
    program = Program(sys.argv[1])
    if sys.argv[2] == "limits":
        limits(program)
    elif sys.argv[2] == "make":
        with open(sys.argv[3], "rb") as file:
            answer = program.ask(file.read(), sys.argv[4])
        if isinstance(answer, str):
            sys.exit(answer)
        with open(sys.argv[5], "wb") as file:
            file.write(answer[0])
    else:
        torment(program, sys.argv[3:])
    if program.end() != 0:
        sys.exit("copse-pictures did not end well")


if __name__ == "__main__":
    main()
