#!/usr/bin/env python3
"""Reads one GoogleTest XML report: prints "failed NAME", "skipped NAME" and "counts PASSED FAILED SKIPPED" lines.

    count_results.py REPORT.xml EXIT-STATUS

A program that died wrote no report, and one that ended badly although its report is clean (a crash in a destructor, a leak)
is a failure too: green must mean that everything ran and ended well.
"""
import sys
import xml.etree.ElementTree as ElementTree


def read(path):
    """(passed, failed names, skipped names); a test that was disabled counts as skipped."""
    passed, failed, skipped = 0, [], []
    for case in ElementTree.parse(path).iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        if case.find("failure") is not None or case.find("error") is not None:
            failed.append(name)
        elif case.get("status") == "notrun" or case.get("result") in ("skipped", "suppressed") or case.find("skipped") is not None:
            skipped.append(name)
        else:
            passed += 1
    return passed, failed, skipped


def main(path, status):
    try:
        passed, failed, skipped = read(path)
    except (OSError, ElementTree.ParseError):
        passed, failed, skipped = 0, [f"the program ended with {status} and left no report"], []
    if not failed and status != 0:
        failed = [f"no test failed, yet the program ended with {status}"]
    if not passed and not failed and not skipped:
        failed = ["it ran no test"]
    for name in failed:
        print("failed", name)
    for name in skipped:
        print("skipped", name)
    print("counts", passed, len(failed), len(skipped))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
