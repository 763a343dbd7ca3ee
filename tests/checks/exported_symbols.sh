#!/usr/bin/env bash
# libshide.so shows what plugin/door/symbols.map names, and nothing else.
#
# Why: whatever a loaded module shows takes part in the symbol search of the whole server. A copy of an inline function that
# Apache, PHP or another module has too would be taken in its place, and the crash would be blamed on the other. A name that
# is in the map but not in the library is a promise of shide.h that a host cannot resolve.
#
#     tests/checks/exported_symbols.sh [LIBRARY]        --self-test shows it planted faults
set -uo pipefail
cd "$(dirname "$0")/../.."
map=plugin/door/symbols.map
build=${SHIDE_BUILD:-build-test}

# The names between "global:" and "local:".
named() { sed -n '/global:/,/local:/p' "$1" | sed -nE 's/^ *([a-z_0-9]+);$/\1/p' | sort; }
shown() { nm -D --defined-only "$1" | awk '$2 != "A" { sub(/@.*/, "", $3); print $3 }' | sort; }

compare() {  # MAP LIBRARY
  local expected actual
  expected=$(named "$1") actual=$(shown "$2") || return 1
  [ -n "$expected" ] || { echo "$1 names nothing: has its form changed?"; return 1; }
  [ "$expected" = "$actual" ] && return 0
  diff <(echo "$expected") <(echo "$actual") | sed -nE 's/^< (.*)/\1 is in the map but not shown/p; s/^> (.*)/\1 is shown but not in the map/p'
  return 1
}

if [ "${1:-}" = --self-test ]; then
  scratch=$(mktemp -d)
  trap 'rm -rf "$scratch"' EXIT
  printf 'SHIDE_1 {\n  global:\n    shide_open;\n    shide_close;\n  local:\n    *;\n};\n' >"$scratch/map"
  build_one() { echo "$2" | cc -x c -shared -fPIC -o "$scratch/$1" - || exit 1; }
  build_one sound.so 'int shide_open; int shide_close; static int hidden; int* use(void) __attribute__((visibility("hidden"))); int* use(void) { return &hidden; }'
  build_one more.so 'int shide_open; int shide_close; int strlen_of_ours;'
  build_one less.so 'int shide_open;'
  printf 'SHIDE_1 { global: shide_*; };\n' >"$scratch/wild"
  compare "$scratch/map" "$scratch/sound.so" || { echo "a sound library is refused"; exit 1; }
  for planted in "map more.so" "map less.so" "wild sound.so" "map absent.so"; do
    # shellcheck disable=SC2086  # two names
    set -- $planted
    if compare "$scratch/$1" "$scratch/$2" >/dev/null 2>&1; then echo "not noticed: $planted"; exit 1; fi
  done
  exit 0
fi

library=${1:-$build/libshide.so}
[ -f "$library" ] || { echo "there is no $library yet: build first"; exit 77; }
compare "$map" "$library"
