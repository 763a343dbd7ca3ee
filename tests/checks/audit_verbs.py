#!/usr/bin/env python3
"""Every verb that a transaction writes into the audit log has its words for the auditor's page, and no word is left over.

Why: the page puts the sentence together at run time ("audit_verb." and the verb), so a new verb without words shows an auditor
"[audit_verb.reveal_phone]", the day somebody revealed one, and no compiler says so.
"""
import re

from common import main, parse_info, without_comments

ARGUMENT = r"((?:[^,()\[]|\([^()]*\)|\[[^\]]*\])+)"
VERB = re.compile(r"[.>]transact\s*\(%s,%s," % (ARGUMENT, ARGUMENT))
CONSTANT = r'\b%s\s*=\s*"([a-z_]+)"'
SILENT = {"run_outbox", "hold_lease", "keep_session"}  # the page leaves them out; "demo_" and what is loaded is `demo` there
WORDS = "schema/text/zh-CN/audit.info"


def verbs_of(tree):
    for file in tree.code("plugin"):
        code = without_comments(file.text)
        for match in VERB.finditer(code):
            tree.looked_at()
            verbs = re.findall(r'"([a-z_]+)"', match[2]) or re.findall(CONSTANT % match[2].strip(), code)
            if not verbs:
                tree.fault(file, file.line_of(match.start()), f"the verb {match[2].strip()} is no literal of this file")
            for verb in verbs:
                yield verb, file, file.line_of(match.start())


def look(tree):
    words = next((parse_info(file.text).child("audit_verb") for file in tree.files(WORDS)), None)
    known = {child.key: child.line for child in words.children} if words else {}
    said = {"demo"}
    for verb, file, line in verbs_of(tree):
        said.add(verb)
        if verb not in known and verb not in SILENT and not verb.endswith("_"):
            tree.fault(file, line, f"{WORDS} has no words for {verb}")
    for verb in sorted(known.keys() - said):
        tree.fault(WORDS, known[verb], f"no transaction has the verb {verb}")


SOUND = {WORDS: 'audit_verb {\n  demo "装入"\n  accept_code "读了守则"\n  expire "删去"\n}\n',
         "plugin/workflow/a.cpp": 'store.transact(job_actor({}, "x"), "run_outbox", f);\nstore.transact(actor, yes ? "accept_code" : "demo", [&](Unit& unit) {});\nports.store->transact(job_actor(school, "demo"), std::string("demo_") + what, f);\n'
                                  'constexpr const char* kJob = "expire";\nstore.transact(job_actor(one.school_id, kJob), kJob, f);\n'}
main(look, "plugin/workflow",
     sound=SOUND,
     planted={"a verb without words": {"plugin/workflow/b.cpp": 'store.transact(actor, "reveal_phone", f);\n'},
              "words without a verb": {WORDS: SOUND[WORDS].replace("}\n", '  gone "没有了"\n}\n')},
              "a verb from elsewhere": {"plugin/workflow/b.cpp": "store.transact(actor, kVerb, f);\n"}})
