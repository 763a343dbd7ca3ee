#!/usr/bin/env python3
"""The public page through mod_shide, a static file of the same bytes, and WordPress's category page: one Apache, one run.

    public_pages.py --build build-test [--seconds N] [--rounds N] [--connections N]

A private WordPress is started with mod_shide in its own Apache and a demo school; the category holds as many posts as the public page
shows pieces. The three are asked in turn by wrk, round after round, so that a busy neighbour slows all. Printed: the medians in
requests a second, and each one's ratio to the static file. An answer that is not 2xx ends the run: a fast error is no result.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from http_ratio import fetch, measure
from wordpress_pages import Site


def put_section_inside(site, build, folder):
    """The demo school at /shide of the site's own Apache."""
    for verb in ("migrate", "demo"):
        subprocess.run([build / "shidectl", verb, "--data", folder], check=True, capture_output=True)
    if os.getuid() == 0:
        subprocess.run(["chown", "-R", "www-data:www-data", folder], check=True)
    Path(site.folder, "apache/section.conf").write_text(
        f"LoadModule shide_module {build}/mod_shide.so\n<Location /shide>\n  SetHandler shide\n  ShideDataDirectory {folder}\n"
        "  ShideDemoEnabled on\n  RewriteEngine Off\n</Location>\n", encoding="utf-8")
    site.call("reload")
    for _ in range(200):
        try:
            return fetch(site.url + "/shide/")
        except OSError:
            time.sleep(0.1)
    sys.exit("public_pages: the section does not answer inside the site's Apache")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", type=Path, default=Path("build-test"))
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    given = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="shide-bench-"))
    folder.chmod(0o755)
    site = None
    try:
        site = Site(str(folder / "site"))
        page = put_section_inside(site, given.build.resolve(), str(folder / "data"))
        Path(site.folder, "www/static.html").write_bytes(page)
        pieces = len(json.loads(fetch(site.url + "/shide/api/v1/public/posts"))["items"])
        category = site.inside("fill", str(pieces))
        pages = {"mod_shide, the public page": site.url + "/shide/", "Apache, a static file of the same bytes": site.url + "/static.html",
                 "WordPress, its category page": category}
        print(f"{len(page)} bytes, {pieces} pieces, WordPress {len(fetch(category))} bytes; {given.connections} connections, "
              f"{given.rounds} rounds of {given.seconds} s", flush=True)
        rates = {name: [] for name in pages}
        for url in pages.values():
            measure(url, 2, given.connections)
        for _ in range(given.rounds):
            for name, url in pages.items():
                rates[name].append(measure(url, given.seconds, given.connections)[0])
    finally:
        if site:
            site.call("stop")
        shutil.rmtree(folder, ignore_errors=True)
    medians = {name: statistics.median(values) for name, values in rates.items()}
    static = medians["Apache, a static file of the same bytes"]
    for name, rate in medians.items():
        print(f"{name}: {rate:.0f} requests/s, ratio {rate / static:.4f}")
    shide, wordpress = medians["mod_shide, the public page"], medians["WordPress, its category page"]
    print(f"the public page beside WordPress's: {shide / wordpress:.1f} times as many")


if __name__ == "__main__":
    main()
