// A verb whose store breaks at its first call, at its second, ... at its commit, and after it: whatever was cut short, doing it
// again leaves the same rows as if nothing had happened, nothing lost and nothing twice.
//
//     expect_safe_to_repeat([](TestSchool& school) { school.start_visiting(); },
//                           [](TestSchool& school) { return submit_record(...).ok(); });
#pragma once

#include <gtest/gtest.h>
#include <re2/re2.h>

#include "support/faulty_store.h"
#include "support/test_school.h"

namespace shide::testing {

/// The rows of every table but those left aside, with what differs between two runs (ids, hashes over ids, moments) blotted out.
inline std::vector<std::string> stored_rows(const TestSchool& school, const std::set<std::string>& aside) {
  static const RE2 kId("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"), kHash("[0-9a-f]{64}"), kMoment("\\b16[0-9]{14}\\b");
  struct Shown {
    std::string operator()(std::monostate) const { return "-"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(const std::string& text) const { return text; }
  };
  std::vector<std::string> rows;
  for (const auto& [table, stored] : school.store->tables()) {
    if (aside.count(table)) continue;
    for (const auto& [id, row] : stored) {
      std::string line = table;
      for (const model::Value& value : row.values) line += "|" + std::visit(Shown{}, value);
      for (const RE2* changing : {&kId, &kHash, &kMoment}) RE2::GlobalReplace(&line, *changing, "*");
      rows.push_back(line);
    }
  }
  std::sort(rows.begin(), rows.end());
  return rows;
}

/// `build` makes the school, `act` says whether the verb was done. It is done twice in every world, also where nothing fails, so
/// the audit has a line more: it is left aside.
inline void expect_safe_to_repeat(const std::function<void(TestSchool&)>& build, const std::function<bool(TestSchool&)>& act,
                                  const std::set<std::string>& aside = {"audit_events"}) {
  TestSchool undisturbed;
  build(undisturbed);
  ASSERT_TRUE(act(undisturbed));
  const std::vector<std::string> expected = stored_rows(undisturbed, aside);
  for (int n = 1;; ++n) {
    std::unique_ptr<ports::Store> inner;  // outlives the school that calls it
    TestSchool school;
    build(school);
    inner = std::move(school.ports.store);
    auto faulty = std::make_unique<FaultyStore>(*inner);
    FaultyStore& store = *faulty;
    school.ports.store = std::move(faulty);
    store.fail_at(n);
    (void)act(school);
    bool failed = store.has_failed();
    store.fail_at(0);
    EXPECT_TRUE(act(school)) << "after call " << n << " had failed";
    ASSERT_EQ(stored_rows(school, aside), expected) << "after call " << n << " had failed";
    if (!failed) break;
  }
}

}  // namespace shide::testing
