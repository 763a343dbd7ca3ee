#!/usr/bin/env python3
"""Every requirement S1..S112 of the plan stands in the name of a test or a journey step that ran and passed.

Why: a plan of 112 sentences is long enough that each of us believes somebody else tested the one about the companions. Only a test
that passed in this very run counts; a skipped or a failed one does not.

Reads the reports of SHIDE_RESULTS: *.xml (GoogleTest and JUnit) and *.json ({"steps": [{"name": "S47 ...", "passed": true}]}).
FLOOR only ever rises: it is what the last change reached, and 112 in the end.
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

FLOOR = 0
COUNT = 112
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
    if len(found) < FLOOR:
        tree.fault("tests/checks/requirements_covered.py", FLOOR, f"{len(found)} are covered, {FLOOR} were before")


def case(name, inside="", more=""):
    return f'<testsuites><testsuite><testcase name="{name}" classname="Roster_S47" status="run" result="completed"{more}>{inside}</testcase></testsuite></testsuites>'


def self_test():
    """The floor is 0 for a while, so what counts as covered is tested by itself."""
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
    for line in wrong:
        print(f"requirements_covered --self-test: {line}")
    if not wrong:
        print(f"requirements_covered --self-test: {len(cases)} reports read as they are")
    sys.exit(1 if wrong else 0)


if sys.argv[1:] == ["--self-test"]:
    self_test()
results = Path(os.environ.get("SHIDE_RESULTS") or "build-test/results")
if not any(results.glob("*.xml")) and not any(results.glob("*.json")):
    print(f"requirements_covered: no report in {results}; run it with the suites")
    sys.exit(SKIPPED)
common.SOURCE = results
main(look, ".", sound={}, planted={})
