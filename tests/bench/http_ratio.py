#!/usr/bin/env python3
"""A page of shided beside a static file with the same bytes, served by Debian's Apache on the same machine in the same run.

    http_ratio.py --build build-test [--page URL] [--seconds N] [--rounds N] [--connections N]

The two are asked in turn, round after round, so that a busy neighbour slows both. Printed: requests a second and the 99th
percentile of each round, then the medians and their ratio. Without --page a demo school is served from a temporary folder.
An answer that is not 2xx, or an empty page, ends the run: a fast error is no result.
"""
import argparse
import contextlib
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

APACHE = """
ServerRoot {folder}
PidFile {folder}/apache.pid
ErrorLog {folder}/error.log
ServerName 127.0.0.1
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule mime_module {modules}/mod_mime.so
TypesConfig /etc/mime.types
DocumentRoot {folder}/static
{as_user}
"""


def free_port():
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


def fetch(url):
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=5) as answer:
        return answer.read()


def wait_for(url, process, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if process.poll() is not None:
            sys.exit(f"http_ratio: {process.args[0]} ended with {process.returncode} before it answered")
        with contextlib.suppress(OSError, urllib.error.URLError):
            return fetch(url)
        time.sleep(0.1)
    sys.exit(f"http_ratio: no answer from {url} within {seconds} s")


@contextlib.contextmanager
def running(command, url, log):
    with open(log, "wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield wait_for(url, process)
    finally:
        process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        if process.poll() is None:
            process.kill()


def static_server(folder, page):
    """Apache's command and the address of a file that holds `page`."""
    port = free_port()
    Path(folder, "static").mkdir()
    Path(folder, "static", "page.html").write_bytes(page)
    os.chmod(folder, 0o755)
    as_user = "User nobody\nGroup nogroup" if os.getuid() == 0 else ""
    text = APACHE.format(folder=folder, port=port, modules="/usr/lib/apache2/modules", as_user=as_user)
    Path(folder, "apache.conf").write_text(text, encoding="utf-8")
    return ["/usr/sbin/apache2", "-f", f"{folder}/apache.conf", "-D", "FOREGROUND"], f"http://127.0.0.1:{port}/page.html"


def measure(url, seconds, connections):
    """(requests a second, 99th percentile in ms) by wrk; exits when an answer was no success."""
    text = subprocess.run(["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s", "--latency", url], check=True, capture_output=True,
                          text=True, timeout=seconds + 60).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        sys.exit(f"http_ratio: {url} did not answer every request well:\n{text}")
    rate = float(re.search(r"Requests/sec:\s*([\d.]+)", text)[1])
    value, unit = re.search(r"99%\s+([\d.]+)(us|ms|s)\b", text).groups()
    return rate, float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def compare(page_url, static_url, options):
    rates = {page_url: [], static_url: []}
    for url in rates:
        measure(url, 1, options.connections)
    for number in range(1, options.rounds + 1):
        for url in rates:
            rates[url].append(measure(url, options.seconds, options.connections))
            print(f"round {number}  {rates[url][-1][0]:9.0f} requests/s  p99 {rates[url][-1][1]:7.2f} ms  {url}", flush=True)
    page, static = ([statistics.median(values) for values in zip(*rates[url])] for url in (page_url, static_url))
    print(f"page {page[0]:.0f} requests/s, static {static[0]:.0f}: ratio {page[0] / static[0]:.3f}; "
          f"p99 {page[1]:.2f} ms beside {static[1]:.2f} ms: ratio {page[1] / static[1]:.2f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", default="build-test")
    parser.add_argument("--page")
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    options = parser.parse_args()
    if not shutil.which("wrk") or not os.path.exists("/usr/sbin/apache2"):
        sys.exit("http_ratio: wrk and Apache are wanted; packaging/install-packages bench installs them")
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="shide-bench-"))
        page_url = options.page
        if page_url is None:
            build, port = Path(options.build), free_port()
            for program in ("shidectl", "shided"):
                if not (build / program).exists():
                    sys.exit(f"http_ratio: {build / program} is not built; --page URL measures another server")
            for verb in ("migrate", "demo"):
                subprocess.run([build / "shidectl", verb, "--data", folder], check=True, stdout=subprocess.DEVNULL, timeout=600)
            page_url = f"http://127.0.0.1:{port}/shide/"
            command = [build / "shided", "--data", folder, "--port", str(port), "--demo", "--pid-file", f"{folder}/shided.pid"]
            stack.enter_context(running(command, page_url + "ready", f"{folder}/shided.log"))
        page = fetch(page_url)
        if not page:
            sys.exit(f"http_ratio: {page_url} is empty")
        site = stack.enter_context(tempfile.TemporaryDirectory(prefix="shide-bench-site-"))
        command, static_url = static_server(site, page)
        stack.enter_context(running(command, static_url, f"{site}/out.log"))
        print(f"{len(page)} bytes each, {options.connections} connections, {options.rounds} rounds of {options.seconds} s")
        compare(page_url, static_url, options)


if __name__ == "__main__":
    main()
