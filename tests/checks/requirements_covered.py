#!/usr/bin/env python3
"""Every requirement S1..S112 of the plan stands in the name of a test or a journey step that ran and passed.

Why: a plan of 112 sentences is long enough that each of us believes somebody else tested the one about the companions. Only a test
that passed in this very run counts; a skipped or a failed one does not.

Reads the reports of SHIDE_RESULTS: *.xml (GoogleTest and JUnit) and *.json ({"steps": [{"name": "S47 ...", "passed": true}]}).
A run of some suites only is told what it covers and not judged: what the browser walks cannot be seen without the browser.
"""
import json
import os
import re
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import common
from common import SKIPPED, Tree, main

COUNT = 112
REPORTS = ("unit.xml", "host.json", "journey.json")
NUMBER = re.compile(r"(?<![A-Za-z0-9])S(\d{1,3})(?!\d)")


def numbers_in(name):
    return {int(number) for number in NUMBER.findall(name) if 1 <= int(number) <= COUNT}


def passed_names(tree):
    for file in tree.files("*.xml"):
        for case in ElementTree.fromstring(file.text).iter("testcase"):
            ran = case.get("status", "run") != "notrun" and case.get("result", "completed") == "completed"
            if ran and all(case.find(mark) is None for mark in ("failure", "error", "skipped")):
                yield f"{case.get('classname', '')}.{case.get('name', '')}"
    for file in tree.files("*.json"):
        for step in json.loads(file.text).get("steps", []):
            if step.get("passed") is True:
                yield step["name"]


def covered(tree):
    found = set()
    for name in passed_names(tree):
        tree.looked_at()
        found |= numbers_in(name)
    return found


def look(tree):
    found = covered(tree)
    missing = [f"S{number}" for number in range(1, COUNT + 1) if number not in found]
    tree.note(f"{len(found)} of {COUNT} requirements are named by a passing test or step")
    if missing:
        tree.note(f"without one: {' '.join(missing)}")
    absent = [name for name in REPORTS if not tree.files(name)]
    if absent:
        tree.note(f"not judged without {' and '.join(absent)}")
    elif missing:
        tree.fault("tests", 1, f"no passing test or step names {' '.join(missing)}: name one that shows it, or write it")


def case(name, inside="", more=""):
    return f'<testsuites><testsuite><testcase name="{name}" classname="Roster_S47" status="run" result="completed"{more}>{inside}</testcase></testsuite></testsuites>'


def is_judged_wrong(files):
    with tempfile.TemporaryDirectory() as root:
        for name, text in files.items():
            Path(root, name).write_text(text, encoding="utf-8")
        tree = Tree(root)
        look(tree)
        return bool(tree.faults)


def self_test():
    cases = {
        "a passing test": ({"unit.xml": case("S48_S49")}, {47, 48, 49}),
        "a failed test": ({"unit.xml": case("A", '<failure message="x"/>')}, set()),
        "a skipped test": ({"unit.xml": case("A", "<skipped/>")}, set()),
        "a disabled test": ({"unit.xml": case("A").replace('"run"', '"notrun"')}, set()),
        "journey steps": ({"journey.json": '{"steps": [{"name": "S5 S112 学年", "passed": true}, {"name": "S6", "passed": false}]}'}, {5, 112}),
        "numbers that are none": ({"journey.json": '{"steps": [{"name": "S0 S113 S1234 XS7 S8a", "passed": true}]}'}, {8}),
    }
    wrong = []
    for what, (files, wanted) in cases.items():
        with tempfile.TemporaryDirectory() as root:
            for name, text in files.items():
                Path(root, name).write_text(text, encoding="utf-8")
            found = covered(Tree(root))
            if found != wanted:
                wrong.append(f"{what}: {sorted(found)} instead of {sorted(wanted)}")
    whole = {"unit.xml": case("_".join(f"S{number}" for number in range(1, COUNT + 1))), "host.json": '{"steps": []}', "journey.json": '{"steps": []}'}
    judged = {"a whole run": (whole, False), "one that nobody names": ({**whole, "unit.xml": case("S1")}, True),
              "a run without the browser": ({"unit.xml": case("S1"), "host.json": whole["host.json"]}, False)}
    wrong += [f"{what} is judged wrongly" for what, (files, faulty) in judged.items() if is_judged_wrong(files) != faulty]
    for line in wrong:
        print(f"requirements_covered --self-test: {line}")
    if not wrong:
        print(f"requirements_covered --self-test: {len(cases) + len(judged)} reports read as they are")
    sys.exit(1 if wrong else 0)


if sys.argv[1:] == ["--self-test"]:
    self_test()
results = Path(os.environ.get("SHIDE_RESULTS") or "build-test/results")
if not any(results.glob("*.xml")) and not any(results.glob("*.json")):
    print(f"requirements_covered: no report in {results}; run it with the suites")
    sys.exit(SKIPPED)
common.SOURCE = results
main(look, ".", sound={}, planted={})
