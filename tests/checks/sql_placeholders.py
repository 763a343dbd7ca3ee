#!/usr/bin/env python3
"""In every SQL text of adapters/store_sql, $1 $2 $3 first appear in ascending order, without a gap.

Why: SQLite binds $n by the order of first use, PostgreSQL by the number. "SET grade = $2 WHERE id = $1" is right on one and swaps
the two values on the other, without an error: the row of another pupil gets the grade. Later uses of the same number are free.

A text that begins with a verb of SQL starts at $1; a fragment may start higher, but still climbs by one.
Numbers made by code come from one place, Sql::bind of sql.h, which writes a text from left to right and so cannot get them wrong.
"""
import re

from common import literals, main

VERB = re.compile(r"^\s*(SELECT|INSERT|UPDATE|DELETE|WITH|REPLACE)\b")
PLACEHOLDER = re.compile(r"\$(\d+)")
NUMBERING = re.compile(r'"[^"\n]*\$"\s*\+')


def statements(file):
    """(offset, text): neighbouring literals belong together, as the compiler joins them."""
    text, start, last_end = "", 0, None
    for offset, content, end in literals(file.text):
        if last_end is not None and file.text[last_end:offset].strip() == "":
            text += content
        else:
            if text:
                yield start, text
            text, start = content, offset
        last_end = end
    if text:
        yield start, text


def fault_in(text):
    order = list(dict.fromkeys(int(number) for number in PLACEHOLDER.findall(text)))
    first = 1 if VERB.match(text) else order[0]
    wanted = list(range(first, first + len(order)))
    if order != wanted:
        return "first used as " + " ".join(f"${n}" for n in order) + ", wanted " + " ".join(f"${n}" for n in wanted)
    return None


def look(tree):
    numbering = [(file, match) for file in tree.code("adapters/store_sql") for match in NUMBERING.finditer(file.text)]
    tree.looked_at(len(numbering))
    for file, match in numbering:
        if file.path != "adapters/store_sql/sql.h" or len([1 for other, _ in numbering if other.path == file.path]) > 1:
            tree.fault(file, file.line_of(match.start()), "values are numbered by Sql::bind alone")
    for file in tree.code("adapters/store_sql"):
        for offset, text in statements(file):
            if PLACEHOLDER.search(text):
                tree.looked_at()
                fault = fault_in(text)
                if fault:
                    tree.fault(file, file.line_of(offset), fault)


QUERY = 'run("UPDATE visits SET grade = $1 "\n    "WHERE id = $2 AND grade <> $1", grade, id);\nwhere += " AND school = $3";\n'
main(look, "adapters/store_sql",
     sound={"adapters/store_sql/visits.cpp": QUERY},
     planted={"numbered by hand": {"adapters/store_sql/a.cpp": 'text += " = $" + std::to_string(next);\n'},
              "turned round": {"adapters/store_sql/a.cpp": 'run("UPDATE visits SET grade = $2 WHERE id = $1");\n'},
              "across two literals": {"adapters/store_sql/a.cpp": 'run("UPDATE visits SET grade = $2"\n  " WHERE id = $1");\n'},
              "a gap": {"adapters/store_sql/a.cpp": 'run("INSERT INTO visits VALUES ($1, $3)");\n'},
              "in a raw string": {"adapters/store_sql/a.cpp": 'run(R"(SELECT 1 FROM a\n WHERE b = $2 AND c = $1)");\n'},
              "a statement that starts late": {"adapters/store_sql/a.cpp": 'run("SELECT 1 FROM a WHERE b = $2");\n'}})
