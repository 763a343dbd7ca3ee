// The golden logs, and a log of some thousand entries to which everything is done that somebody with the file could do.
#include "audit/log_file.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "base/ed25519.h"
#include "base/key_text.h"
#include "base/text.h"
#include "support/source_dir.h"

namespace shide::audit {
namespace {

using ::testing::Contains;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

LogReport check_lines(const std::vector<std::string>& lines, const std::vector<PublicKey>& keys, const std::vector<model::AuditHead>& kept = {}) {
  LogFileCheck check(keys);
  for (const model::AuditHead& head : kept) check.kept_head(head);
  int number = 0;
  for (const std::string& line : lines) check.line(++number, line);
  return check.finish();
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::string_view line : split(text, '\n')) {
    if (!line.empty()) lines.emplace_back(line);
  }
  return lines;
}

std::vector<std::string> codes(const std::vector<Phrase>& phrases) {
  std::vector<std::string> list;
  for (const Phrase& one : phrases) list.push_back(one.code);
  return list;
}

TEST(GoldenLogs, AreJudgedByTheirNames) {
  std::filesystem::path folder = test::source_dir() / "tests/golden/audit";
  std::vector<PublicKey> keys;
  for (const char* file : {"test.pub", "test2.pub"}) {
    auto key = key_in(read(folder / file));
    ASSERT_TRUE(key) << file;
    keys.push_back({key->id, key->public_key});
  }
  int judged = 0;
  for (const auto& file : std::filesystem::directory_iterator(folder)) {
    if (file.path().extension() != ".jsonl") continue;
    LogReport report = check_lines(lines_of(read(file.path())), keys);
    std::string name = file.path().filename().string();
    if (name.starts_with("sound")) EXPECT_THAT(codes(report.faults), IsEmpty()) << name;
    else EXPECT_THAT(report.faults, Not(IsEmpty())) << name;
    ++judged;
  }
  EXPECT_GE(judged, 13);
}

class LogFile : public ::testing::Test {
 protected:
  static constexpr std::int64_t kEntries = 700, kHeadEvery = 97;

  LogFile() {
    MerkleTree tree;
    for (std::int64_t n = 1; n <= kEntries; ++n) {
      entries.push_back(an_entry(n));
      tree.append(leaf_of(entries.back()));
      if (n % kHeadEvery == 0 || n == kEntries) heads.push_back(signed_head(n, tree.root(), pair, "2021a"));
    }
  }
  static Entry an_entry(std::int64_t n) {
    return {"school", n, "id" + std::to_string(n), 1'611'491'400'000'000 + n * kSecond, "account" + std::to_string(n % 7), "teacher", "look", "visits",
            "visit" + std::to_string(n % 36), "student_name", n % 50 == 0 ? sha256_hex(std::to_string(n)) : ""};
  }
  model::AuditHead signed_head(std::int64_t size, const Hash& root, const Ed25519Pair& by, const std::string& key_id) const {
    model::AuditHead head;
    head.school_id = {"school"};
    head.size = size;
    head.root = hex_of(root);
    head.signed_at = {1'611'491'400'000'000 + size * kSecond};
    head.key_id = key_id;
    head.signature = ed25519_sign(by.private_key, canonical(head));
    return head;
  }
  /// As a file with an end that agrees, whatever was done to it.
  std::vector<std::string> lines() const {
    std::vector<std::string> list = {first_line("school")};
    for (const Entry& one : entries) list.push_back(line_of(one));
    for (const model::AuditHead& one : heads) list.push_back(line_of(one));
    list.push_back(last_line(static_cast<std::int64_t>(entries.size()), static_cast<std::int64_t>(heads.size())));
    return list;
  }
  LogReport check(const std::vector<model::AuditHead>& kept = {}) const { return check_lines(lines(), keys, kept); }
  void renumber() {
    for (std::size_t i = 0; i < entries.size(); ++i) entries[i].sequence = static_cast<std::int64_t>(i + 1);
  }

  Ed25519Pair pair = new_ed25519_pair();
  std::vector<PublicKey> keys = {{"2021a", pair.public_key}};
  std::vector<Entry> entries;
  std::vector<model::AuditHead> heads;
  std::mt19937 random{20210124};
  std::size_t any() { return random() % entries.size(); }
};

TEST_F(LogFile, IsWholeAsItWasWritten) {
  LogReport report = check();
  EXPECT_THAT(codes(report.faults), IsEmpty());
  EXPECT_THAT(codes(report.notices), IsEmpty());
  EXPECT_EQ(report.entries, kEntries);
  EXPECT_EQ(report.covered, kEntries);
}

TEST_F(LogFile, AnyEditOfAnyPartIsFoundAndTheRangeNamesIt) {
  for (int i = 0; i < 60; ++i) {
    std::size_t at = any();
    Entry kept = entries[at];
    Entry& one = entries[at];
    std::string* const parts[] = {&one.id, &one.actor, &one.roles, &one.verb, &one.object_kind, &one.object_id, &one.fields, &one.reason};
    if (i % 9 == 8) one.at -= 24 * kHour;  // as if it had been a day before
    else *parts[i % 9] += "x";
    LogReport report = check();
    ASSERT_THAT(codes(report.faults), Contains("audit_check.root")) << i;
    const auto& arguments = report.faults.front().args;
    auto number = [&](const char* name) {
      auto found = std::find_if(arguments.begin(), arguments.end(), [&](const PhraseArgument& one_of) { return one_of.name == name; });
      return found == arguments.end() ? 0 : std::stoll(found->text);
    };
    EXPECT_LE(number("from"), kept.sequence);
    EXPECT_GE(number("to"), kept.sequence);
    entries[at] = kept;
  }
  EXPECT_THAT(check().faults, IsEmpty());
}

TEST_F(LogFile, ADeletionIsFoundAlsoWhenTheRestIsNumberedAnew) {
  for (int i = 0; i < 30; ++i) {
    auto whole = entries;
    entries.erase(entries.begin() + static_cast<std::ptrdiff_t>(any()));
    EXPECT_THAT(check().faults, Not(IsEmpty()));
    renumber();
    EXPECT_THAT(check().faults, Not(IsEmpty()));
    entries = whole;
  }
}

TEST_F(LogFile, ASwapIsFoundAlsoWhenTheNumbersStay) {
  for (int i = 0; i < 30; ++i) {
    auto whole = entries;
    std::size_t one = any(), two = any();
    if (one == two) continue;
    std::swap(entries[one], entries[two]);
    EXPECT_THAT(codes(check().faults), Contains("audit_check.sequence"));
    renumber();
    EXPECT_THAT(codes(check().faults), Contains("audit_check.root"));
    entries = whole;
  }
}

TEST_F(LogFile, OneEntryLessAtTheEndIsFound) {
  entries.pop_back();
  EXPECT_THAT(codes(check().faults), Contains("audit_check.truncated"));
  model::AuditHead newest = heads.back();
  heads.pop_back();
  EXPECT_THAT(codes(check().faults), Contains("audit_check.uncovered"));
  // Cut back to an older head, the file agrees with itself: only a head kept elsewhere tells.
  entries.resize(static_cast<std::size_t>(heads.back().size));
  EXPECT_THAT(check().faults, IsEmpty());
  EXPECT_THAT(codes(check({newest}).faults), Contains("audit_check.truncated"));
}

TEST_F(LogFile, AnyLineCutOffIsFound) {
  std::vector<std::string> whole = lines();
  for (int i = 0; i < 40; ++i) {
    auto shorter = whole;
    shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(i < 20 ? random() % whole.size() : whole.size() - static_cast<std::size_t>(i - 19)));
    EXPECT_THAT(check_lines(shorter, keys).faults, Not(IsEmpty())) << i;
  }
  whole.pop_back();
  EXPECT_THAT(codes(check_lines(whole, keys).faults), Contains("audit_check.no_end"));
}

TEST_F(LogFile, AFlippedBitAnywhereIsFound) {
  const std::vector<std::string> whole = lines();
  for (int i = 0; i < 200; ++i) {
    auto changed = whole;
    std::string& line = changed[random() % changed.size()];
    std::size_t at = random() % (line.size() - 1);  // the line end may go: nothing hangs on it
    line[at] = static_cast<char>(line[at] ^ (1 << random() % 7));
    // Capital digits in a signature are the same signature.
    bool is_same = false;
    if (auto before = head_in(whole[static_cast<std::size_t>(&line - changed.data())]), after = head_in(line); before && after) {
      is_same = from_hex(before->signature) == from_hex(after->signature) && canonical(*before) == canonical(*after);
    }
    if (!is_same) {
      EXPECT_THAT(check_lines(changed, keys).faults, Not(IsEmpty())) << line;
    }
  }
}

TEST_F(LogFile, AHeadByAnotherKeyOrOfAnotherLogIsFound) {
  Ed25519Pair stranger = new_ed25519_pair();
  model::AuditHead good = heads.back();
  Hash root{};
  std::string bytes = from_hex(good.root);
  std::copy(bytes.begin(), bytes.end(), root.begin());
  heads.back() = signed_head(kEntries, root, stranger, "2021a");
  EXPECT_THAT(codes(check().faults), Contains("audit_check.signature"));
  heads.back() = signed_head(kEntries, root, stranger, "other");
  EXPECT_THAT(codes(check().faults), Contains("audit_check.key_unknown"));
  heads.back() = good;
  model::AuditHead elsewhere = good;
  elsewhere.school_id = {"another"};
  elsewhere.signature = ed25519_sign(pair.private_key, canonical(elsewhere));
  EXPECT_THAT(codes(check({elsewhere}).faults), Contains("audit_check.head_other_school"));
  EXPECT_THAT(check({good, heads.front()}).faults, IsEmpty());
}

TEST_F(LogFile, AClockSetBackADayIsToldAndIsNoFault) {
  for (std::size_t i = 350; i < entries.size(); ++i) entries[i].at -= kDay;
  MerkleTree tree;
  heads.clear();
  for (const Entry& one : entries) tree.append(leaf_of(one));
  heads.push_back(signed_head(kEntries, tree.root(), pair, "2021a"));
  LogReport report = check();
  EXPECT_THAT(report.faults, IsEmpty());
  EXPECT_THAT(codes(report.notices), Contains("audit_check.clock"));
  EXPECT_LE(report.notices.size(), kFaultsTold);
}

TEST_F(LogFile, WhatNoHashCoversIsRefused) {
  auto list = lines();
  list[5].insert(1, R"("name":"丁小满",)");
  EXPECT_THAT(codes(check_lines(list, keys).faults), Contains("audit_check.line"));
  EXPECT_THAT(check_lines({"not a log"}, keys).faults, Not(IsEmpty()));
  EXPECT_THAT(check_lines({}, keys).faults, Not(IsEmpty()));
  EXPECT_THAT(check_lines({lines()[1]}, keys).faults, Not(IsEmpty()));
}

TEST_F(LogFile, ALineWrittenInAnotherWayIsTheSameEntry) {
  std::vector<std::string> list = lines();
  for (std::size_t i = 1; i < list.size(); i += 3) list[i] = nlohmann::json::parse(list[i]).dump(-1, ' ', true);  // members sorted, beyond ASCII as escapes
  EXPECT_THAT(codes(check_lines(list, keys).faults), IsEmpty());
}

TEST_F(LogFile, AHeadComesBackFromItsLine) {
  auto head = head_in(line_of(heads[0]));
  ASSERT_TRUE(head);
  EXPECT_EQ(canonical(*head), canonical(heads[0]));
  EXPECT_EQ(head->signature, heads[0].signature);
  EXPECT_FALSE(head_in("{}"));
  EXPECT_FALSE(head_in(line_of(entries[0])));
}

}  // namespace
}  // namespace shide::audit
