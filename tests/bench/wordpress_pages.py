#!/usr/bin/env python3
"""What the bridge adds to WordPress's own pages, in one run: the same pages without it and with it, in turn.

    wordpress_pages.py --build build-test [--rounds N] [--requests N]

A private WordPress and a shided with the demo school are started. Each round asks the front page and a plain page without the
plugin, then with it, then a page with the list of pieces; one request at a time, so that waiting in a queue is not measured. Printed:
the medians of all rounds in milliseconds, and what was added (the goal: at most 10). An answer that is not 200 ends the run.
"""
import argparse
import contextlib
import http.client
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
GOAL = 10.0  # milliseconds


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


class Site:
    def __init__(self, folder):
        self.folder = folder
        self.url = self.call("start").splitlines()[-1]

    def call(self, verb, *arguments):
        done = subprocess.run([ROOT / "tests/support/wordpress", verb, self.folder, *arguments], capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"wordpress_pages: {verb}: {done.stderr}")
        return done.stdout.strip()

    def inside(self, *arguments):
        return json.loads(self.call("php", str(ROOT / "tests/host/support/inside_wordpress.php"), *arguments).splitlines()[-1])

    def milliseconds(self, url, requests):
        host, path = url.removeprefix("http://").split("/", 1)
        times = []
        for _ in range(requests):
            connection = http.client.HTTPConnection(host, timeout=20)
            began = time.perf_counter()
            connection.request("GET", "/" + path)
            answer = connection.getresponse()
            answer.read()
            times.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                sys.exit(f"wordpress_pages: {url} answers {answer.status}")
            connection.close()
        return times


@contextlib.contextmanager
def section(build, folder):
    port = free_port()
    for verb in ("migrate", "demo"):
        subprocess.run([build / "shidectl", verb, "--data", folder], check=True, capture_output=True)
    server = subprocess.Popen([build / "shided", "--data", folder, "--port", str(port), "--demo"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}/shide"
    try:
        for _ in range(600):
            with contextlib.suppress(OSError):
                if urllib.request.urlopen(url + "/ready", timeout=2).status == 200:
                    break
            time.sleep(0.05)
        yield url
    finally:
        server.terminate()
        server.wait()


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--build", type=Path, default=ROOT / "build-test")
    arguments.add_argument("--rounds", type=int, default=6)
    arguments.add_argument("--requests", type=int, default=40)
    given = arguments.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="shide-bench-"))
    folder.chmod(0o755)
    site = None
    try:
        site = Site(str(folder / "site"))
        with section(given.build.resolve(), str(folder / "data")) as address:
            plain, listed = site.inside("page", "<p>a</p>"), site.inside("page", "<p>a</p>[shide_section]")
            site.inside("activate")
            site.inside("settings", json.dumps({"section_url": address, "key_file": "", "count": "5"}))
            if "posts/" not in urllib.request.urlopen(listed).read().decode():
                sys.exit("wordpress_pages: the list of pieces is not there")
            without, with_bridge, with_list = {site.url + "/": [], plain: []}, {site.url + "/": [], plain: []}, []
            for _ in range(given.rounds):
                for verb, times in (("deactivate", without), ("activate", with_bridge)):
                    site.inside(verb)
                    site.milliseconds(plain, 5)  # the first after a change compiles
                    for url in times:
                        times[url] += site.milliseconds(url, given.requests)
                with_list += site.milliseconds(listed, given.requests)
    finally:
        if site:
            site.call("stop")
        shutil.rmtree(folder, ignore_errors=True)
    rows = [("front page", without[site.url + "/"], with_bridge[site.url + "/"]), ("a page", without[plain], with_bridge[plain]),
            ("a page with the list of pieces", without[plain], with_list)]
    worst = 0.0
    for name, before, after in rows:
        added = statistics.median(after) - statistics.median(before)
        worst = max(worst, added)
        print(f"{name}: {statistics.median(before):.1f} ms without the bridge, {statistics.median(after):.1f} with it, {added:+.1f}")
    print(f"at most {worst:+.1f} ms; the goal is {GOAL:.0f} ms")
    return 0 if worst <= GOAL else 1


if __name__ == "__main__":
    sys.exit(main())
