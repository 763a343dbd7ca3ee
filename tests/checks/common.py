"""What every check shares: finding files, reading C++ without its comments, reading INFO, saying what was found, testing itself.

    def look(tree):                       # tree.files("plugin/**/*.h") -> [File]; tree.fault(file, line, "what"); tree.note("...")
        for file in tree.files("plugin/**/*.h"):
            tree.looked_at()              # one thing checked; a check that looked at nothing fails
    main(look, home="plugin", sound={path: text}, planted={"what is wrong": {path: text}})

`sound` is a small tree without a fault, `planted` lays one fault over it at a time: --self-test demands silence for the first, a
fault for each of the others, and a failure for a tree in which there is nothing to look at.
Exit 0 fine, 1 faults, 77 skipped: the folder the check is for does not exist.
"""
import os
import re
import sys
import tempfile
from pathlib import Path

SOURCE = Path(os.environ.get("SHIDE_SOURCE") or Path(__file__).resolve().parents[2])
SKIPPED = 77


class File:
    def __init__(self, root, path):
        self.path = path.relative_to(root).as_posix()
        self.folder = self.path.rsplit("/", 1)[0]
        self.text = path.read_text(encoding="utf-8", errors="replace")

    def line_of(self, offset):
        return self.text.count("\n", 0, offset) + 1


class Tree:
    def __init__(self, root):
        self.root = Path(root)
        self.faults, self.notes, self.seen = [], [], 0

    def files(self, *patterns):
        found = {path for pattern in patterns for path in self.root.glob(pattern) if path.is_file()}
        return [File(self.root, path) for path in sorted(found) if "node_modules" not in path.parts]

    def code(self, *folders):
        """The C and C++ files of these top folders."""
        return self.files(*(f"{folder}/**/*.{ending}" for folder in folders for ending in ("h", "hpp", "c", "cpp")))

    def looked_at(self, count=1):
        self.seen += count

    def fault(self, file, line, what):
        self.faults.append(f"{file.path if isinstance(file, File) else file}:{line}: {what}")

    def note(self, text):
        self.notes.append(text)


# --- C++ as text ---------------------------------------------------------------------------------------------------------
_TOKEN = re.compile(
    r'(?P<raw>(?:u8|[uUL])?R"(?P<mark>[^()\\\s]{0,16})\((?P<rawtext>.*?)\)(?P=mark)")'
    r'|(?P<string>(?:u8|[uUL])?"(?P<text>(?:\\.|[^"\\\n])*)")'
    r"|(?P<digits>\b\d[\w.']*)"
    r"|(?P<char>(?:u8|[uUL])?'(?:\\.|[^'\\\n])+')"
    r"|(?P<comment>//[^\n]*|/\*.*?\*/)", re.DOTALL)


def without_comments(text):
    """The same text with every comment blanked, so that offsets and lines stay."""
    def blank(match):
        return re.sub(r"[^\n]", " ", match.group()) if match.lastgroup == "comment" or match.group("comment") else match.group()
    return _TOKEN.sub(blank, text)


def literals(text):
    """(offset, content, end) of every string literal outside comments, escapes left as written."""
    for match in _TOKEN.finditer(text):
        if match.group("raw"):
            yield match.start(), match.group("rawtext"), match.end()
        elif match.group("string"):
            yield match.start(), match.group("text"), match.end()


def without_literals(text):
    """Code alone: comments and the contents of literals blanked."""
    def blank(match):
        return match.group() if match.group("digits") else re.sub(r"[^\n]", " ", match.group())
    return _TOKEN.sub(blank, text)


# --- INFO as base/info_file reads it -------------------------------------------------------------------------------------
class Entry:
    def __init__(self, key, value, line):
        self.key, self.value, self.line, self.children = key, value, line, []

    def child(self, key):
        return next((entry for entry in self.children if entry.key == key), None)


def parse_info(text):
    """The file as one Entry without key; raises ValueError for what base/info_file would refuse."""
    top = Entry("", "", 0)
    stack, last, expects_value, line, at = [top], None, False, 1, 0
    token = re.compile(r'(?P<space>[ \t\r]+)|(?P<newline>\n)|(?P<comment>;[^\n]*)|(?P<open>\{)|(?P<close>\})'
                       r'|"(?P<quoted>(?:\\.|[^"\\\n])*)"|(?P<word>[^\s{};"]+)')
    while at < len(text):
        match = token.match(text, at)
        if not match:
            raise ValueError(f"line {line}: a quoted text does not end")
        at = match.end()
        if match.group("newline"):
            line, expects_value = line + 1, False
        elif match.group("open"):
            if last is None:
                raise ValueError(f"line {line}: a brace without a key")
            stack.append(last)
            last, expects_value = None, False
        elif match.group("close"):
            if len(stack) == 1:
                raise ValueError(f"line {line}: a closing brace too many")
            last, expects_value = stack.pop(), False
        elif match.group("space") or match.group("comment"):
            continue
        else:
            value = match.group("quoted")
            value = match.group("word") if value is None else re.sub(r"\\(.)", lambda m: {"n": "\n", "t": "\t"}.get(m[1], m[1]), value)
            if expects_value:
                last.value, expects_value = value, False
            else:
                last, expects_value = Entry(value, "", line), True
                stack[-1].children.append(last)
    if len(stack) != 1:
        raise ValueError("a closing brace is missing")
    return top


# --- Running -------------------------------------------------------------------------------------------------------------
def _looked(look, root):
    tree = Tree(root)
    look(tree)
    if tree.seen == 0 and not tree.faults:
        tree.faults.append("this check found nothing to look at: has what it checks moved? Teach it the new place")
    return tree


def _write(root, files):
    for path, text in files.items():
        target = Path(root, path)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _self_test(look, sound, planted):
    wrong = []
    with tempfile.TemporaryDirectory() as root:
        _write(root, sound)
        tree = _looked(look, root)
        wrong += [f"a sound tree is faulted: {fault}" for fault in tree.faults]
    for what, files in planted.items():
        with tempfile.TemporaryDirectory() as root:
            _write(root, {**sound, **files})
            if not _looked(look, root).faults:
                wrong.append(f"not found: {what}")
    with tempfile.TemporaryDirectory() as root:
        if not _looked(look, root).faults:
            wrong.append("an empty tree passes")
    return wrong


def main(look, home, sound, planted):
    name = Path(sys.argv[0]).stem
    if sys.argv[1:] == ["--self-test"]:
        wrong = _self_test(look, sound, planted)
        for line in wrong:
            print(f"{name} --self-test: {line}")
        if not wrong:
            print(f"{name} --self-test: silent on a sound tree, finds {len(planted)} planted faults")
        sys.exit(1 if wrong else 0)
    if sys.argv[1:]:
        print(f"usage: {name}.py [--self-test]", file=sys.stderr)
        sys.exit(2)
    if not (SOURCE / home).is_dir() or not any((SOURCE / home).iterdir()):  # git keeps no empty folder
        print(f"{name}: there is no {home} yet")
        sys.exit(SKIPPED)
    tree = _looked(look, SOURCE)
    for line in tree.notes + tree.faults:
        print(line)
    print(f"{name}: {tree.seen} looked at, {len(tree.faults)} faults")
    sys.exit(1 if tree.faults else 0)
