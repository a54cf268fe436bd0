#!/usr/bin/env python3
"""Portraits as members send them, made fit for screens by copse and by Hugo, in turn.

    tests/bench/pictures/run.py COPSE [--count 200] [--rounds 1] [--work FOLDER]

Makes COUNT different portraits of 12 megapixels and two sites with a page each: copse's, with its own theme, and
Hugo's, with a layout that asks for the same: squares of 64, 112, 192 and 320 pixels as WebP and JPEG, cut where the
picture draws the eye ("Smart"), and one of at most 1024 pixels in place of the original. Each is built with an empty
cache, then again with nothing changed, then after one photo was replaced. Prints time, processor time, the most
memory of all processes together, and the bytes of the pictures that came out.
"""
import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ProcessPoolExecutor

from PIL import Image, ImageDraw, ImageFilter

SIDES = (64, 112, 192, 320)
LAYOUT = """{{ define "main" }}{{ end }}<!doctype html><title>{{ .Title }}</title>
{{ $photo := .Resources.GetMatch "photo.jpg" }}
<picture><source type="image/webp" srcset="WEBP"><img srcset="JPEG" alt=""></picture>
<a href="{{ ($photo.Fit "1024x1024 jpg q80").RelPermalink }}">photo</a>
"""


def hugo_layout():
    def srcset(form):
        return ", ".join('{{ ($photo.Fill "%dx%d %s Smart").RelPermalink }} %dw' % (side, side, form, side)
                         for side in SIDES)
    return LAYOUT.replace("WEBP", srcset("webp q78")).replace("JPEG", srcset("jpg q80"))


def portrait(job):
    """A head before a wall, with the grain of a camera."""
    number, path = job
    chance = random.Random(number)
    picture = Image.new("RGB", (1000, 750), tuple(chance.randrange(60, 200) for _ in range(3)))
    pen = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y, size = chance.randrange(1000), chance.randrange(750), chance.randrange(20, 200)
        pen.rectangle((x, y, x + size, y + size), fill=tuple(chance.randrange(256) for _ in range(3)))
    picture = picture.filter(ImageFilter.GaussianBlur(6))
    pen = ImageDraw.Draw(picture)
    at = chance.randrange(300, 600)
    pen.ellipse((at - 130, 120, at + 130, 460), fill=(214, 170, 140))
    pen.ellipse((at - 230, 430, at + 230, 1000), fill=tuple(chance.randrange(120) for _ in range(3)))
    for eye in (-50, 50):
        pen.ellipse((at + eye - 18, 250, at + eye + 18, 275), fill=(40, 30, 30))
    picture = picture.resize((4000, 3000), Image.BICUBIC)
    grain = Image.effect_noise((4000, 3000), 14)
    picture = Image.blend(picture, Image.merge("RGB", (grain, grain, grain)), 0.12)
    exif = Image.Exif()
    exif[0x0110] = "A camera"
    exif[0x8825] = {1: "N", 2: (44.0, 38.0, 52.0), 3: "W", 4: (63.0, 34.0, 17.0)}
    picture.save(path, quality=92, exif=exif)


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def make_sites(work, count):
    photos = os.path.join(work, "photos")
    os.makedirs(photos, exist_ok=True)
    jobs = [(n, os.path.join(photos, f"{n}.jpg")) for n in range(count + 1)]
    with ProcessPoolExecutor() as pool:
        list(pool.map(portrait, [job for job in jobs if not os.path.exists(job[1])]))
    write(f"{work}/copse/content/site.yml", "title: Bench\nurl: https://bench.example\n")
    write(f"{work}/hugo/config.toml", 'baseURL = "https://bench.example/"\ntitle = "Bench"\n'
          'disableKinds = ["taxonomy", "term", "RSS", "sitemap", "section", "home"]\n')
    write(f"{work}/hugo/layouts/_default/single.html", hugo_layout())
    for number in range(count):
        name = f"m{number:03d}"
        write(f"{work}/copse/content/members/{name}/index.md", f"---\nname: Member {number}\nphoto: photo.jpg\n---\nHello.\n")
        write(f"{work}/hugo/content/members/{name}/index.md",
              f"---\ntitle: Member {number}\n_build: {{publishResources: false}}\n---\nHello.\n")
        for site in ("copse", "hugo"):
            link(f"{photos}/{number}.jpg", f"{work}/{site}/content/members/{name}/photo.jpg")
    subprocess.run(["git", "init", "-q", f"{work}/copse"], check=True)
    return photos


def link(source, target):
    if os.path.lexists(target):
        os.remove(target)
    os.link(source, target)


def tree(root):
    """The process and all that it started."""
    found, waiting = [], [root]
    while waiting:
        process = waiting.pop()
        found.append(process)
        try:
            for task in os.listdir(f"/proc/{process}/task"):
                with open(f"/proc/{process}/task/{task}/children", encoding="ascii") as file:
                    waiting += [int(child) for child in file.read().split()]
        except OSError:
            pass
    return found


def memory(process):
    try:
        with open(f"/proc/{process}/smaps_rollup", encoding="ascii") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def measure(command, folder):
    before = os.times()
    start = time.monotonic()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    most = 0
    errors = []
    reader = threading.Thread(target=lambda: errors.append(process.stderr.read()))
    reader.start()
    while process.poll() is None:
        most = max(most, sum(memory(one) for one in tree(process.pid)))
        time.sleep(0.05)
    wall = time.monotonic() - start
    reader.join()
    after = os.times()
    if process.returncode:
        sys.exit(f"{command}: {errors[0].decode()}")
    spent = after.children_user - before.children_user + after.children_system - before.children_system
    return wall, spent, most / 1024


def pictures(folder):
    count = total = 0
    for at, _, names in os.walk(folder):
        for name in names:
            if name.endswith((".jpg", ".webp")):
                count += 1
                total += os.path.getsize(os.path.join(at, name))
    return count, total


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("copse")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--work")
    arguments = parser.parse_args()
    work = arguments.work or tempfile.mkdtemp(prefix="copse-pictures-")
    photos = make_sites(work, arguments.count)
    sent = sum(os.path.getsize(f"{photos}/{n}.jpg") for n in range(arguments.count))
    print(f"{arguments.count} portraits of 4000 by 3000 pixels, {sent / 1e6:.0f} MB; {os.cpu_count()} processors")
    commands = {"copse": [os.path.abspath(arguments.copse), "build", "-q"], "hugo": ["hugo", "--quiet"]}
    for _ in range(arguments.rounds):
        for name, command in commands.items():
            site = f"{work}/{name}"
            for kept in ("public", "resources", ".git/copse", ".copse"):
                shutil.rmtree(f"{site}/{kept}", ignore_errors=True)
            one = f"{site}/content/members/m000/photo.jpg"
            link(f"{photos}/0.jpg", one)
            time.sleep(1)
            for what in ("all anew", "nothing changed", "one photo new"):
                if what == "one photo new":
                    link(f"{photos}/{arguments.count}.jpg", one)
                wall, spent, most = measure(command, site)
                count, total = pictures(f"{site}/public")
                print(f"{name:6} {what:16} {wall:7.2f} s {spent:7.2f} s of processor {most:7.0f} MB of memory, "
                      f"{count} pictures of {total / 1e6:.1f} MB", flush=True)
    if not arguments.work:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
