#!/usr/bin/env python3
"""Writes src/lang/confusable_table.c: letters that look like ASCII ones (Unicode TR39).

The data is that of ICU's spoof checker (libicui18n, Debian's libicu72), which carries Unicode's
confusables.txt; the version that it says it has is written into the table. Run it when a newer
Unicode matters:

    tools/confusables.py >src/lang/confusable_table.c
"""
import ctypes
import glob
import re
import sys
import unicodedata

path = sorted(glob.glob("/usr/lib/*/libicui18n.so.[0-9][0-9]"))[-1]
icu = ctypes.CDLL(path)
major = re.search(r"so\.(\d+)$", path).group(1)


def function(name):
    return getattr(icu, f"{name}_{major}")


error = ctypes.c_int(0)
open_checker = function("uspoof_open")
open_checker.restype = ctypes.c_void_p
checker = ctypes.c_void_p(open_checker(ctypes.byref(error)))
assert error.value <= 0
common = ctypes.CDLL(path.replace("i18n", "uc"))
version = (ctypes.c_uint8 * 4)()
getattr(common, f"u_getUnicodeVersion_{major}")(version)


def skeleton(text):
    room = ctypes.create_string_buffer(256)
    code = ctypes.c_int(0)
    bytes_ = text.encode()
    length = function("uspoof_getSkeletonUTF8")(
        checker, 0, bytes_, len(bytes_), room, len(room), ctypes.byref(code))
    assert code.value <= 0
    return room.raw[:length].decode()


rows = []
for code_point in list(range(0x21, 0xD800)) + list(range(0xE000, 0x20000)):
    letter = chr(code_point)
    if unicodedata.normalize("NFD", letter) != letter:
        continue
    seen = skeleton(letter)
    if seen != letter and seen.isascii() and re.fullmatch(r"[A-Za-z0-9]{1,3}", seen):
        rows.append((code_point, seen))

print("/* Made by tools/confusables.py: do not edit. Letters and digits that look like ASCII ones,")
print(f" * from Unicode {version[0]}.{version[1]}'s confusables.txt (UTS #39) as ICU {major} has it;")
print(" * sorted. */")
print('#include "lang/confusable_internal.h"')
print()
print("const struct confusable confusables[] = {")
line = "   "
for code_point, seen in rows:
    cell = f' {{0x{code_point:X}, "{seen}"}},'
    if len(line) + len(cell) > 100:
        print(line)
        line = "   "
    line += cell
print(line)
print("};")
print("const size_t confusable_count = sizeof confusables / sizeof *confusables;")
print(f"{len(rows)} letters", file=sys.stderr)
