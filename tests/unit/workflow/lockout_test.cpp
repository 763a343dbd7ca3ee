// What a login that nobody has leaves behind: a count under a hash, of the newest few thousand.
#include "workflow/lockout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"

namespace shide::workflow {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using model::UnknownLogin;
using testing::TestSchool;

class Lockout_D13 : public ::testing::Test {
 protected:
  int left(const char* login) { return *note_unknown_login(school.ports, school.school_id, login); }
  bool locked(const char* login) { return *unknown_login_is_locked(school.ports, school.school_id, login); }
  TestSchool school;
};

TEST_F(Lockout_D13, TheFifthTryLocksForAQuarterOfAnHour) {
  for (int expected = 4; expected >= 0; --expected) EXPECT_EQ(left("nobody"), expected);
  EXPECT_TRUE(locked("Nobody"));
  EXPECT_FALSE(locked("somebody"));
  school.clock->advance(15 * kMinute);
  EXPECT_FALSE(locked("nobody"));
  EXPECT_EQ(left("nobody"), 4) << "five again, not one";
}

TEST_F(Lockout_D13, KeepsNothingThatWasTyped) {
  left("a password in the wrong field");
  auto kept = school.rows<UnknownLogin>();
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].login_hash.size(), 64u);
  for (const auto& event : school.rows<model::AuditEvent>()) EXPECT_THAT(event.object_id + event.fields + event.reason, Not(HasSubstr("password")));
}

TEST_F(Lockout_D13, TheOneRefusedLongestAgoGivesItsPlaceToANewOne) {
  left("first");
  school.write([&](ports::Unit& unit) -> Result<void> {
    for (std::int64_t i = 1; i < kUnknownLoginsKept; ++i) {
      UnknownLogin row;
      row.id = new_id<UnknownLogin>(school.clock->now());
      row.school_id = school.school_id;
      row.login_hash = std::to_string(i);
      row.refused_at = school.clock->now() + kMinute;
      SHIDE_CHECK(unit.of<UnknownLogin>().save(row));
    }
    return {};
  });
  school.clock->advance(kHour);
  EXPECT_EQ(left("second"), 4);
  EXPECT_EQ(left("second"), 3);
  EXPECT_EQ(left("first"), 4) << "forgotten, and counted anew";
  EXPECT_EQ(school.rows<UnknownLogin>().size(), static_cast<std::size_t>(kUnknownLoginsKept));
}

}  // namespace
}  // namespace shide::workflow
