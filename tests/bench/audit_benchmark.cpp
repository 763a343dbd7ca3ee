// A log of 100,000 entries, read and judged as `shidectl verify --export` does, and the tree alone.
#include <benchmark/benchmark.h>

#include <string>
#include <vector>

#include "audit/log_file.h"
#include "base/ed25519.h"

namespace {

using namespace shide;

struct Log {
  std::vector<audit::PublicKey> keys;
  std::vector<std::string> lines;
  std::vector<audit::Hash> leaves;
};

/// A head a day, 300 entries a day.
const Log& a_log() {
  static const Log log = [] {
    Log made;
    Ed25519Pair pair = new_ed25519_pair();
    made.keys = {{"bench", pair.public_key}};
    audit::MerkleTree tree;
    std::vector<std::string> heads;
    made.lines.push_back(audit::first_line("01770000-0000-7000-8000-000000000001"));
    for (std::int64_t n = 1; n <= 100'000; ++n) {
      audit::Entry entry{"01770000-0000-7000-8000-000000000001", n, new_uuid(Time{n}), 1'611'491'400'000'000 + n * kMinute, new_uuid(Time{n % 100}),
                         "teacher homeroom_teacher", "look", "visits", new_uuid(Time{n % 36}), "student_name guardian_contact", ""};
      made.lines.push_back(audit::line_of(entry));
      made.leaves.push_back(audit::leaf_of(entry));
      tree.append(made.leaves.back());
      if (n % 300 != 0 && n != 100'000) continue;
      model::AuditHead head;
      head.school_id = {entry.school_id};
      head.size = n;
      head.root = audit::hex_of(tree.root());
      head.signed_at = {entry.at};
      head.key_id = "bench";
      head.signature = ed25519_sign(pair.private_key, audit::canonical(head));
      heads.push_back(audit::line_of(head));
    }
    made.lines.insert(made.lines.end(), heads.begin(), heads.end());
    made.lines.push_back(audit::last_line(100'000, static_cast<std::int64_t>(heads.size())));
    return made;
  }();
  return log;
}

void verify_an_export_of_100000(benchmark::State& state) {
  const Log& log = a_log();
  for (auto _ : state) {
    audit::LogFileCheck check(log.keys);
    int number = 0;
    for (const std::string& line : log.lines) check.line(++number, line);
    if (!check.finish().faults.empty()) state.SkipWithError("the log is not whole");
  }
}
BENCHMARK(verify_an_export_of_100000)->Unit(benchmark::kMillisecond);

void tree_of_100000(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(audit::root_of(a_log().leaves));
}
BENCHMARK(tree_of_100000)->Unit(benchmark::kMillisecond);

}  // namespace
