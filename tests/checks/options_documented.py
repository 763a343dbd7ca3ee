#!/usr/bin/env python3
"""Every option of schema/config/options.info has a default and a meaning.

Why: an administrator meets an option years after its author left. The man page, the Apache directives and the "did you mean" of the
configuration reader are made from this one file, so what is missing here is missing everywhere.

An entry with a child `default` or `meaning` is an option and needs both, the meaning in words; an entry whose children are entries
is a group; an entry with neither is an option nobody described.
"""
from common import main, parse_info

MARKS = ("default", "meaning")


def walk(tree, file, entry, path):
    for child in entry.children:
        name = f"{path}.{child.key}" if path else child.key
        if child.child("default") or child.child("meaning"):
            tree.looked_at()
            for mark in MARKS:
                if not child.child(mark):
                    tree.fault(file, child.line, f"the option {name} has no {mark}")
            meaning = child.child("meaning")
            if meaning and not meaning.children and len(meaning.value.strip()) < 4:
                tree.fault(file, child.line, f"the meaning of {name} is empty")
        elif child.children:
            walk(tree, file, child, name)
        else:
            tree.fault(file, child.line, f"{name} has neither default nor meaning")


def look(tree):
    for file in tree.files("schema/config/options.info"):
        try:
            walk(tree, file, parse_info(file.text), "")
        except ValueError as error:
            tree.fault(file, 1, f"cannot be read: {error}")


OPTIONS = 'identity {\n  trust_host { default "off" meaning "Believe the host about who asks." values "on off" }\n}\nlanguage { default "" meaning "Of the pages." }\n'
main(look, "schema/config",
     sound={"schema/config/options.info": OPTIONS},
     planted={"no default": {"schema/config/options.info": OPTIONS + 'port { meaning "Where it listens." }\n'},
              "no meaning": {"schema/config/options.info": OPTIONS + 'port { default "8090" }\n'},
              "an empty meaning": {"schema/config/options.info": OPTIONS + 'port { default "8090" meaning "" }\n'},
              "a bare option": {"schema/config/options.info": OPTIONS + 'port "8090"\n'},
              "an unreadable file": {"schema/config/options.info": OPTIONS + "}\n"},
              "no option at all": {"schema/config/options.info": "; later\n"}})
