// Replays the corpus of the redaction fuzzer, and the golden notes cut, doubled and scrambled byte by byte (seeded).
#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>

#include "support/redaction_case.h"
#include "support/source_dir.h"

#include "../../fuzz/redact_fuzz.cpp"

namespace {

void feed(const std::string& bytes) { LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()); }

TEST(RedactFuzz, TheCorpusHoldsNoSurprise) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(shide::test::source_dir() / "tests/fuzz/corpus/redact")) {
    std::ifstream file(entry.path(), std::ios::binary);
    feed({std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()});
    ++files;
  }
  EXPECT_GE(files, 5);
}

TEST(RedactFuzz, ScrambledNotesBreakNoPromise) {
  std::mt19937 random(98);
  for (const auto& one : shide::test::redaction_cases()) {
    std::string note = one.text;
    feed(note);
    for (int round = 0; round < 6 && !note.empty(); ++round) {
      std::size_t at = random() % note.size();
      switch (random() % 4) {
        case 0: note[at] = static_cast<char>(random()); break;
        case 1: note.erase(at, random() % 7); break;
        case 2: note.insert(at, note.substr(random() % note.size(), random() % 40)); break;
        default: note.resize(at + 1); note += "王小明13800000000三(2)班1月23日"; break;
      }
      feed(note);
    }
  }
}

}  // namespace
