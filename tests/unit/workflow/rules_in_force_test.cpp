// A campaign is scored by the rules of its own day, not by those that came later.
#include "workflow/rules_in_force.h"

#include <gtest/gtest.h>

#include "base/digest.h"
#include "support/refusal.h"

namespace shide::workflow {
namespace {

using testing::refusal;

TEST(RulesInForce_S81_R8, AreThoseOfTheDay) {
  EXPECT_EQ(rules_in_force(*make_date(2020, 1, 12))->rules.key, "qingyu-2020");
  EXPECT_EQ(rules_in_force(*make_date(2020, 8, 31))->rules.key, "qingyu-2020");
  EXPECT_EQ(rules_in_force(*make_date(2020, 9, 1))->rules.key, "miaoqiao-2020-2021");
  EXPECT_EQ(rules_in_force(*make_date(2026, 1, 24))->rules.key, "miaoqiao-2020-2021") << "until others follow";
}

TEST(RulesInForce_S81_R8, ComeWithTheTextThatARunPins) {
  auto found = *rules_in_force(*make_date(2021, 1, 24));
  EXPECT_EQ(found.rules.sha256, sha256_hex(found.text));
}

TEST(RulesInForce_S81_R8, ADayBeforeAllRulesIsRefusedInWords) { EXPECT_EQ(refusal(rules_in_force(*make_date(2018, 1, 1))), "appraisal.no_rules"); }

}  // namespace
}  // namespace shide::workflow
