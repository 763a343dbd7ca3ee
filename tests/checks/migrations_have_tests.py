#!/usr/bin/env python3
"""Every migration step has a test that names it, and the steps are numbered without gap or double.

Why: a migration runs once, on a school's only copy of its archive, and no one sees it run. Two people who both wrote step 0007 on
their branches find out only when one of them is skipped in silence.

A test names a step by the file's stem ("0002_appraisals") anywhere below tests/.
"""
import re

from common import main


def look(tree):
    tests = "\n".join(file.text for file in tree.files("tests/**/*.cpp", "tests/**/*.h", "tests/**/*.mjs"))
    numbers = {}
    for file in tree.files("schema/sql/**/*.sql"):
        name = file.path.rsplit("/", 1)[1]
        tree.looked_at()
        match = re.fullmatch(r"(\d{4})_([a-z0-9_]+)\.sql", name)
        if not match:
            tree.fault(file, 1, "a step is named 0001_what_it_adds.sql")
            continue
        numbers.setdefault(int(match[1]), set()).add(match[2])
        if not re.search(rf"\b{match[1]}_{match[2]}\b", tests):
            tree.fault(file, 1, f"no test names {match[1]}_{match[2]}")
    for number, names in sorted(numbers.items()):
        if len(names) > 1:
            tree.fault("schema/sql", number, f"two steps have the number {number:04}: {', '.join(sorted(names))}")
    for number in range(1, max(numbers, default=0)):
        if number not in numbers:
            tree.fault("schema/sql", number, f"there is no step {number:04}")


STEP = {"schema/sql/0001_first.sql": "CREATE TABLE schools (id TEXT);\n", "schema/sql/postgresql/0001_first.sql": "SELECT 1;\n",
        "tests/contract/migration_test.cpp": 'TEST(Migration, First) { apply("0001_first"); }\n'}
main(look, "schema/sql",
     sound=STEP,
     planted={"a step without test": {"schema/sql/0002_second.sql": "SELECT 1;\n"},
              "a gap": {"schema/sql/0003_third.sql": "SELECT 1;\n", "tests/unit/a_test.cpp": "// 0003_third\n"},
              "the same number twice": {"schema/sql/0001_other.sql": "SELECT 1;\n", "tests/unit/a_test.cpp": "// 0001_other\n"},
              "a stray name": {"schema/sql/fix.sql": "SELECT 1;\n"}})
