#!/usr/bin/env python3
"""Handing in a record with both photos, through shided and through the door itself, beside a static file from Apache in the same run.

    record_ratio.py --build build-test [--rounds N]

Every round hands in the same records of a demo school in a temporary folder: one request each, that keeps the words, cleans and
stores two photos and submits. Between the rounds they become drafts again, so each request does the whole work. The static file is
as long as the answer to a submission. Printed: the median of each round, then the medians of all and their ratios. An answer that
is no redirect ends the run: a refusal is no result.
"""
import argparse
import contextlib
import http.client
import json
import re
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

from http_ratio import free_port, running, static_server

BOUNDARY = "boundary-of-the-bench"


class Site:
    """shided on this machine: one connection, a cookie a reader."""

    def __init__(self, port):
        self.host = f"127.0.0.1:{port}"
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def ask(self, method, path, body=None, headers=None):
        self.connection.request(method, "/shide" + path, body, headers or {})
        answer = self.connection.getresponse()
        return answer, answer.read()

    def sign_in(self, login):
        answer, page = self.ask("GET", "/login")
        stranger = answer.getheader("Set-Cookie").split(";")[0]
        token = re.search(r'name="csrf" value="([^"]+)"', page.decode())[1]
        form = urllib.parse.urlencode({"csrf": token, "login": login})
        answer, _ = self.ask("POST", "/login/demo", form, {"Cookie": stranger, "Content-Type": "application/x-www-form-urlencoded"})
        return answer.getheader("Set-Cookie").split(";")[0]


def visits_of(database):
    """(visit, login of its homeroom teacher) of every record of the demo's campaign that was handed in with two photos."""
    return database.execute("""
        SELECT v.id, a.login FROM visits v JOIN visit_records r ON r.id = v.id JOIN accounts a ON a.teacher_id = v.homeroom_teacher_id
        WHERE v.school_year = '2020-2021' AND r.state IN ('submitted', 'accepted') AND r.mode = 'home'
          AND (SELECT count(*) FROM visit_photos p WHERE p.visit_id = v.id) = 2 ORDER BY v.id""").fetchall()


def make_drafts(database, visits):
    """The records as they were before they were handed in, without their photos."""
    with database:
        for visit, _ in visits:
            database.execute("UPDATE visit_records SET state = 'draft', version = version + 1 WHERE id = ?", (visit,))
            database.execute("DELETE FROM visit_photos WHERE visit_id = ?", (visit,))


def multipart(fields, photos):
    parts = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields]
    for slot, photo in enumerate(photos, 1):
        parts.append(f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photo_{slot}"; filename="{slot}.jpg"\r\n\r\n'.encode() + photo + b"\r\n")
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()


class Submission:
    """One visit's form as its teacher's browser would send it."""

    def __init__(self, site, visit, login):
        self.path = f"/visits/{visit}"
        self.cookie = site.sign_in(login)
        self.photos = [site.ask("GET", f"{self.path}/photos/{slot}", headers={"Cookie": self.cookie})[1] for slot in (1, 2)]

    def request(self, site):
        """Headers and body for the record as it stands now."""
        _, page = site.ask("GET", self.path, headers={"Cookie": self.cookie})
        token = re.search(r'name="csrf" value="([^"]+)"', page.decode())[1]
        _, text = site.ask("GET", self.path.replace("/visits/", "/api/v1/records/"), headers={"Cookie": self.cookie})
        record = json.loads(text)
        kept = ("visited_at", "mode", "narrative", "reflection", "alone_reason", "outside_window_reason", "late_preparation_reason", "photo_waiver")
        fields = [("csrf", token), ("version", record["version"]), ("act", "submit")] + [(name, record[name] or "") for name in kept]
        fields += [("topics", topic) for topic in record["topics"]] + ([] if record["demands"] else [("no_demand", "yes")])
        body = multipart(fields, self.photos)
        return {"Cookie": self.cookie, "Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Content-Length": str(len(body)), "Host": site.host}, body


def through_shided(site, submissions):
    times, length = [], 0
    for one in submissions:
        headers, body = one.request(site)
        begin = time.perf_counter()
        answer, text = site.ask("POST", one.path, body, headers)
        times.append((time.perf_counter() - begin) * 1e3)
        if answer.status != 303:
            wrong = re.findall(r'class="error" id="([^"]+)">([^<]*)', text.decode())
            sys.exit(f"record_ratio: shided answered {answer.status}: {wrong}")
        length = len(str(answer.headers)) + len(text)
    return times, length


def through_door(build, folder, scratch, site, submissions):
    files = []
    for number, one in enumerate(submissions):
        headers, body = one.request(site)
        head = f"POST /shide{one.path} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        files.append(Path(scratch, f"{number}.http"))
        files[-1].write_bytes(head.encode() + b"\r\n" + body)
    text = subprocess.run([build / "bench/door_replay", build / "libshide.so", folder, *files], check=True, capture_output=True, text=True, timeout=600).stdout
    answers = [line.split() for line in text.splitlines()]
    if any(status != "303" for status, _ in answers):
        sys.exit(f"record_ratio: the door answered {sorted({status for status, _ in answers})}")
    return [int(taken) / 1e3 for _, taken in answers]


def static_file(url, count):
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    times = []
    for _ in range(count):
        begin = time.perf_counter()
        connection.request("GET", address.path)
        connection.getresponse().read()
        times.append((time.perf_counter() - begin) * 1e3)
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--build", default="build-test")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    build = Path(options.build).resolve()
    for program in ("shidectl", "shided", "bench/door_replay"):
        if not (build / program).exists():
            sys.exit(f"record_ratio: {build / program} is not built")
    if not shutil.which("/usr/sbin/apache2"):
        sys.exit("record_ratio: Apache is wanted; packaging/install-packages bench installs it")
    with contextlib.ExitStack() as stack:
        folder, site_folder, scratch = (stack.enter_context(tempfile.TemporaryDirectory(prefix="shide-bench-")) for _ in range(3))
        for verb in ("migrate", "demo"):
            subprocess.run([build / "shidectl", verb, "--data", folder], check=True, stdout=subprocess.DEVNULL, timeout=600)
        port = free_port()
        command = [build / "shided", "--data", folder, "--port", str(port), "--demo", "--pid-file", f"{folder}/shided.pid"]
        stack.enter_context(running(command, f"http://127.0.0.1:{port}/shide/ready", f"{folder}/shided.log"))
        site = Site(port)
        database = stack.enter_context(contextlib.closing(sqlite3.connect(f"{folder}/shide.db", timeout=30)))
        visits = visits_of(database)
        submissions = [Submission(site, visit, login) for visit, login in visits]
        sizes = [len(photo) for one in submissions for photo in one.photos]
        times = {"shided": [], "door": [], "static": []}
        static_url = None
        for number in range(options.rounds + 1):  # the first is to get warm
            make_drafts(database, visits)
            shided, length = through_shided(site, submissions)
            make_drafts(database, visits)
            door = through_door(build, folder, scratch, site, submissions)
            if static_url is None:
                command, static_url = static_server(site_folder, b"x" * length)
                stack.enter_context(running(command, static_url, f"{site_folder}/out.log"))
            static = static_file(static_url, len(visits))
            if number == 0:
                print(f"{len(visits)} records a round, two photos of {statistics.median(sizes) / 1024:.0f} KiB each; answers of {length} bytes")
                continue
            for name, values in (("shided", shided), ("door", door), ("static", static)):
                times[name] += values
            print(f"round {number}  shided {statistics.median(shided):8.2f} ms  door {statistics.median(door):8.2f} ms  static {statistics.median(static):6.2f} ms", flush=True)
        shided, door, static = (statistics.median(times[name]) for name in ("shided", "door", "static"))
        print(f"shided {shided:.2f} ms, door {door:.2f} ms: ratio {shided / door:.2f}; static {static:.2f} ms: ratios {shided / static:.1f} and {door / static:.1f}")


if __name__ == "__main__":
    main()
