#!/usr/bin/env python3
"""Makes the pictures that tests/cli/variants.bats has copse publish, and looks at what came out.

    make_pictures.py make FOLDER        one picture of each kind
    make_pictures.py look FILE          "FORMAT WIDTHxHEIGHT MODE [has metadata]" and colours of its corners
"""
import io
import struct
import sys
import zlib
from PIL import Image

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 160, 40), (30, 40, 200), (250, 250, 250)


def quarters(width, height):
    """Red, green, blue and white quarters: which way up it is can be seen."""
    picture = Image.new('RGB', (width, height), WHITE)
    for colour, at in ((RED, (0, 0)), (GREEN, (width // 2, 0)), (BLUE, (0, height // 2))):
        picture.paste(Image.new('RGB', (width // 2, height // 2), colour), at)
    return picture


TURNS = {2: Image.FLIP_LEFT_RIGHT, 3: Image.ROTATE_180, 4: Image.FLIP_TOP_BOTTOM, 5: Image.TRANSPOSE,
         6: Image.ROTATE_90, 7: Image.TRANSVERSE, 8: Image.ROTATE_270}


def oriented(folder):
    for orientation in range(1, 9):
        picture = quarters(600, 400)
        if orientation in TURNS:  # stored so that the orientation turns it upright
            picture = picture.transpose(TURNS[orientation])
        exif = Image.Exif()
        exif[0x0112] = orientation
        exif[0x010F] = 'Secret camera'
        exif[0x8825] = {1: 'N', 2: (44.0, 38.0, 52.0), 3: 'W', 4: (63.0, 34.0, 17.0)}
        picture.save(f'{folder}/orientation-{orientation}.jpg', quality=95, exif=exif, subsampling=0)


def p3_profile():
    """A matrix profile with Display P3's primaries and sRGB's curve."""
    def fixed(number):
        return struct.pack('>i', round(number * 65536))

    def xyz(*numbers):
        return b'XYZ \0\0\0\0' + b''.join(fixed(n) for n in numbers)

    curve = b'para\0\0\0\0\0\3\0\0' + b''.join(
        fixed(n) for n in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))
    text = 'P3'.encode('utf-16-be')
    words = b'mluc\0\0\0\0' + struct.pack('>II', 1, 12) + b'enUS' + struct.pack('>II', len(text), 28) + text
    tags = [(b'desc', words), (b'cprt', words), (b'wtpt', xyz(0.9642, 1, 0.8249)),
            (b'rXYZ', xyz(0.5151, 0.2412, -0.0011)), (b'gXYZ', xyz(0.2919, 0.6922, 0.0419)),
            (b'bXYZ', xyz(0.1572, 0.0666, 0.7841)), (b'rTRC', curve), (b'gTRC', curve), (b'bTRC', curve)]
    at = 128 + 4 + 12 * len(tags)
    table, data = struct.pack('>I', len(tags)), b''
    for name, body in tags:
        body += b'\0' * (-len(body) % 4)
        table += name + struct.pack('>II', at + len(data), len(body))
        data += body
    head = struct.pack('>I4sI4s4s4s', at + len(data), b'\0\0\0\0', 0x04000000, b'mntr', b'RGB ', b'XYZ ')
    head += struct.pack('>6H', 2026, 1, 1, 0, 0, 0) + b'acsp' + b'\0' * 28
    head += fixed(0.9642) + fixed(1) + fixed(0.8249)
    return head.ljust(128, b'\0') + table + data


def png_16(width, height):
    """16 bits a channel, which Pillow does not write: an even orange."""
    row = b'\0' + struct.pack('>3H', 0xE000, 0x8000, 0x2000) * width

    def chunk(name, body):
        return struct.pack('>I', len(body)) + name + body + struct.pack('>I', zlib.crc32(name + body))

    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 16, 2, 0, 0, 0))
            + chunk(b'IDAT', zlib.compress(row * height)) + chunk(b'IEND', b''))


def png_interlaced(width, height):
    """16 bits in four channels, all zeros, in Adam7's seven passes."""
    packer, packed = zlib.compressobj(9), []
    for x, y, across, down in ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
                               (0, 1, 1, 2)):
        row = bytes(1 + 8 * ((width - x + across - 1) // across))
        packed += [packer.compress(row) for _ in range((height - y + down - 1) // down)]
    packed.append(packer.flush())

    def chunk(name, body):
        return struct.pack('>I', len(body)) + name + body + struct.pack('>I', zlib.crc32(name + body))

    return (b'\x89PNG\r\n\x1a\n' + chunk(b'IHDR', struct.pack('>IIBBBBB', width, height, 16, 6, 0, 0, 1))
            + chunk(b'IDAT', b''.join(packed)) + chunk(b'IEND', b''))


def make(folder):
    oriented(folder)
    quarters(600, 400).convert('CMYK').save(f'{folder}/cmyk.jpg', quality=95)
    open(f'{folder}/deep.png', 'wb').write(png_16(600, 400))
    quarters(600, 400).convert('L').save(f'{folder}/grey.jpg', quality=95)
    clear = quarters(600, 400).convert('RGBA')
    clear.paste((0, 0, 0, 0), (300, 200, 600, 400))
    clear.save(f'{folder}/alpha.png')
    # The same light as sRGB's 230, 110, 60 would be written otherwise; as P3 it is a stronger orange.
    Image.new('RGB', (600, 400), (200, 110, 60)).save(f'{folder}/p3.jpg', quality=95, icc_profile=p3_profile())
    # What common programs leave behind that take the colours out of a picture.
    quarters(600, 400).convert('L').save(f'{folder}/grey-in-rgb.jpg', quality=95, icc_profile=p3_profile())
    quarters(600, 400).save(f'{folder}/odd-profile.jpg', quality=95, icc_profile=b'no profile at all' * 20)
    quarters(600, 400).save(f'{folder}/progressive.jpg', quality=95, progressive=True)
    quarters(600, 400).save(f'{folder}/modern.webp', quality=95)
    whole = io.BytesIO()
    quarters(600, 400).save(whole, 'JPEG', quality=95)
    open(f'{folder}/truncated.jpg', 'wb').write(whole.getvalue()[:-2000])
    open(f'{folder}/nothing.jpg', 'wb').close()
    # 90 million pixels in a hundred kilobytes; and more than anyone's camera makes.
    Image.new('1', (10000, 9000)).save(f'{folder}/flat.png')
    Image.new('1', (30000, 30000)).save(f'{folder}/bomb.png')
    # Decoded as a whole it takes three gigabytes.
    open(f'{folder}/deeper.png', 'wb').write(png_interlaced(20000, 20000))
    moves = [quarters(60, 40), quarters(60, 40).rotate(180)]
    moves[0].save(f'{folder}/moves.gif', save_all=True, append_images=moves[1:], duration=100)
    # Whole as far as its chunks go; what they hold cannot be unpacked.
    good = io.BytesIO()
    quarters(600, 400).save(good, 'PNG')
    lies = bytearray(good.getvalue())
    at = lies.index(b'IDAT') + 4
    lies[at:at + 40] = b'\0' * 40
    open(f'{folder}/lies.png', 'wb').write(lies)


def look(path):
    picture = Image.open(path)
    picture.load()
    metadata = [word for word in ('exif', 'xmp', 'icc_profile', 'comment', 'photoshop') if picture.info.get(word)]
    width, height = picture.size
    colours = []
    for x, y in ((1, 1), (3, 1), (1, 3), (3, 3)):
        colours.append(nearest(picture.convert('RGBA').getpixel((width * x // 4, height * y // 4))))
    print(picture.format, f'{width}x{height}', picture.mode, *colours, *metadata)


def nearest(pixel):
    if pixel[3] < 40:
        return 'clear'
    names = {'red': RED, 'green': GREEN, 'blue': BLUE, 'white': WHITE, 'orange': (224, 128, 32), 'black': (0, 0, 0)}
    best = min(names, key=lambda name: sum((a - b) ** 2 for a, b in zip(names[name], pixel)))
    far = max(abs(a - b) for a, b in zip(names[best], pixel))
    return best if far < ROUGH else '#%02x%02x%02x' % tuple(pixel[:3])


# How far a colour may be off; a third argument says it (print's colours are not a screen's).
ROUGH = int(sys.argv[3]) if len(sys.argv) > 3 else 30

if __name__ == '__main__':
    {'make': make, 'look': look}[sys.argv[1]](sys.argv[2])
