#!/usr/bin/env python3
"""No transaction begins outside the one wrapper of adapters/store_sql.

Why: Poco's Session::begin() opens a deferred transaction on SQLite. Two writers that read first and write later then lose the race:
356 of 400 in WAL mode when we measured it, as errors no retry inside the transaction can mend. The wrapper says BEGIN IMMEDIATE and
repeats the whole closure; whoever calls begin() beside it brings the fault back, and only under load.
"""
import re

from common import literals, main, without_literals

BARE = re.compile(r"\b(?:Session\s*::\s*begin|\w*[sS]ession\w*(?:\(\))?\s*(?:\.|->)\s*begin)\s*\(|\bPoco::Data::Transaction\b|#\s*include\s*<Poco/Data/Transaction\.h>")
WRITES = re.compile(r"\bBEGIN\s+IMMEDIATE\b")


def look(tree):
    for file in tree.code("plugin", "adapters", "tests"):
        code = without_literals(file.text)
        for match in BARE.finditer(code):
            tree.fault(file, file.line_of(match.start()), f"“{match.group().strip()}”: say it through the transaction wrapper of store_sql")
        if file.path.startswith("adapters/store_sql/"):
            tree.looked_at(sum(1 for _, text, _ in literals(file.text) if WRITES.search(text)))


WRAPPER = {"adapters/store_sql/transaction.cpp": 'void open(Session& session) { session << "BEGIN IMMEDIATE", now; }\n'
                                                 "for (auto it = sessions_by_name.rbegin(); it != end; ++it) {}\n// Session::begin() loses races\n"}
main(look, "adapters/store_sql",
     sound=WRAPPER,
     planted={"a bare begin": {"adapters/store_sql/visits.cpp": "session.begin();\n"},
              "through a pointer": {"adapters/store_sql/visits.cpp": "session_->begin();\n"},
              "Poco's own guard": {"adapters/store_sql/visits.cpp": "Poco::Data::Transaction guard(session);\n"},
              "in a test": {"tests/contract/store_test.cpp": "pool.session().begin();\n"},
              "the wrapper is gone": {"adapters/store_sql/transaction.cpp": 'session << "BEGIN", now;\n'}})
