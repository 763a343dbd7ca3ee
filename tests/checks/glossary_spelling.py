#!/usr/bin/env python3
"""One word for each thing of the glossary, in names of types, files, tables and enumerators.

Why: the plan has two names for itself (大走访, 大家访), and code soon has three for a guardian. Then a search finds a third of
the places, and the difference that mattered (only a guardian consents, a carer may not) is lost between two spellings.

Only declarations and file names are read, not every use: a foreign word (a parent folder, a column of SQL, an HTTP request) is fine
where it means just that. Each entry says which word to take instead.
"""
import re

from common import main, without_literals

# A word inside a PascalCase type, an enumerator or a snake_case file or table name -> what to say.
WORDS = {
    "parent": "Guardian or Carer (only a guardian consents)",
    "parents": "Guardian or Carer (only a guardian consents)",
    "caregiver": "Carer",
    "pupil": "Student",
    "pupils": "Student",
    "semester": "Term",
    "anonymize": "redact, Redaction",
    "anonymise": "redact, Redaction",
    "anonymizer": "redact, Redaction",
    "desensitize": "redact, Redaction",
    "evaluation": "Appraisal",
    "assessment": "Appraisal",
    "remediation": "Rectification",
    "correction": "Rectification",
    "plagiarism": "NearDuplicate",
    "companion": "CoVisitor",
    "manager": "the noun it keeps, or the verb it does",
    "mgr": "the noun it keeps, or the verb it does",
    "util": "the noun or verb inside",
    "utils": "the noun or verb inside",
    "utility": "the noun or verb inside",
    "utilities": "the noun or verb inside",
    "misc": "the noun or verb inside",
    "common": "the noun or verb inside",
}
# Two words in a row, and what to say.
PAIRS = {
    ("class", "teacher"): "HomeroomTeacher", ("head", "teacher"): "HomeroomTeacher, or the role head", ("form", "teacher"): "HomeroomTeacher",
    ("home", "visit"): "Visit", ("visit", "form"): "VisitRecord", ("visit", "report"): "VisitRecord",
    ("grade", "head"): "GradeLeader", ("grade", "team"): "GradeGroup", ("arts", "group"): "ArtsSportsGroup",
    ("single", "parent"): "kLeftBehindOrSingleParent is one category", ("guardian", "request"): "Demand", ("family", "request"): "Demand",
    ("parent", "request"): "Demand", ("ethics", "file"): "EthicsArchive", ("ethics", "record"): "EthicsArchive, ArchiveEntry",
    ("teacher", "file"): "EthicsArchive or ProfessionalArchive", ("public", "listing"): "PublicNotice",
}
ALLOWED = {"kLeftBehindOrSingleParent"}
LAST_WORDS = {"info": "what it holds", "data": "what it holds"}  # VisitInfo, VisitData; InfoFile and InfoEntry are formats

TYPE = re.compile(r"\b(?:class|struct|enum(?:\s+class)?|using)\s+(?:\[\[\w+\]\]\s*)?([A-Z]\w+)\s*(?=[:{=]|final\b)")
ENUMERATOR = re.compile(r"\b(k[A-Z]\w+)\b(?=\s*(?:=[^=]|,|\}))")
NAMESPACE = re.compile(r"\bnamespace\s+([\w:]+)")
TABLE = re.compile(r"\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?\"?(\w+)", re.IGNORECASE)


def words_of(name):
    return [word.lower() for part in re.split(r"[_:.]+", name) for word in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", part)]


def wrong_words(name):
    if name in ALLOWED:
        return
    words = words_of(name)
    for first, second in zip(words, words[1:]):
        pair = (first, second.removesuffix("s"))
        if pair in PAIRS:
            yield " ".join(pair), PAIRS[pair]
            return
    for word in words:
        if word in WORDS:
            yield word, WORDS[word]
    if len(words) > 1 and words[-1] in LAST_WORDS:
        yield words[-1], LAST_WORDS[words[-1]]


def look(tree):
    def judge(file, line, name):
        tree.looked_at()
        for word, instead in wrong_words(name):
            tree.fault(file, line, f"{name}: not “{word}”; the glossary says: {instead}")

    for file in tree.code("plugin", "adapters"):
        judge(file, 1, file.path.rsplit("/", 1)[1].rsplit(".", 1)[0])
        code = without_literals(file.text)
        for pattern in (TYPE, ENUMERATOR, NAMESPACE):
            for match in pattern.finditer(code):
                judge(file, file.line_of(match.start(1)), match[1])
    for file in tree.files("schema/**/*.sql"):
        for match in TABLE.finditer(file.text):
            judge(file, file.line_of(match.start(1)), match[1])


main(look, "plugin",
     sound={"plugin/model/family.h": "struct Guardian {};\nstruct InfoEntry { std::string parent_path; };\n"
                                     "enum class CareCategory { kLeftBehindOrSingleParent, kDisability };\n// class ParentManager {};\nstruct Request {};\n",
            "schema/sql/0001_first.sql": "CREATE TABLE visits (id TEXT);\n"},
     planted={"a parent": {"plugin/model/a.h": "struct Parent {\n};\n"},
              "a manager": {"plugin/workflow/a.h": "class RosterManager final : X {};\n"},
              "a file of leftovers": {"plugin/base/string_utils.h": "\n"},
              "a class teacher": {"plugin/model/a.h": "struct ClassTeacher {};\n"},
              "an enumerator": {"plugin/model/a.h": "enum class Role { kHomeroomTeacher, kGradeHead };\n"},
              "data at the end": {"plugin/model/a.h": "struct VisitData {};\n"},
              "a namespace": {"plugin/base/a.h": "namespace shide::util {\n}\n"},
              "a table": {"schema/sql/0002_more.sql": "CREATE TABLE IF NOT EXISTS home_visits (id TEXT);\n"},
              "a demand by another name": {"plugin/model/a.h": "struct GuardianRequest {};\n"}})
