#include "console/user_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/one_time_code.h"
#include "support/command_line.h"
#include "workflow/first_administrator.h"
#include "workflow/second_factor.h"
#include "workflow/sign_in.h"

namespace shide::console {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class UserCommand : public testing::CommandLine {
 protected:
  void found_school() {
    auto token = workflow::offer_setup(house.ports);
    ASSERT_TRUE(workflow::set_up_school(house.ports, *token, {"青榆小学", "青榆", "工会网", "活动", "", "卓越", "zhuoyue", "Correct horse 9"}));
  }
  int run(const Arguments& arguments) {
    out.clear();
    err.clear();
    return user_command(arguments, streams, environment);
  }
};

TEST_F(UserCommand, AddsListsAndGivesASlip) {
  found_school();
  ASSERT_EQ(run({"add", "--name", "苏晓", "--roles", "teacher, hr", "--staff-number", "0401"}), kFine) << err;
  EXPECT_EQ(out, R"({"login":"0401","name":"苏晓","roles":["teacher","hr"],"staff_number":"0401","disabled":false,"has_password":false})" "\n");
  ASSERT_EQ(run({"slip", "0401"}), kFine) << err;
  std::string password = nlohmann::json::parse(out)["password"];
  EXPECT_TRUE(workflow::sign_in(house.ports, "0401", password));
  ASSERT_EQ(run({"list"}), kFine);
  EXPECT_THAT(out, HasSubstr("\"zhuoyue\""));
  EXPECT_THAT(out, HasSubstr(R"("has_password":true)"));
  EXPECT_EQ(out.find(password), std::string::npos);
}

TEST_F(UserCommand, DisablesAndEnablesButNeverTheLastAdministrator) {
  found_school();
  ASSERT_EQ(run({"add", "--name", "苏晓", "--roles", "hr", "--login", "suxiao"}), kFine) << err;
  EXPECT_EQ(run({"disable", "SuXiao"}), kFine);
  EXPECT_THAT(out, HasSubstr("\"disabled\":true"));
  EXPECT_EQ(run({"slip", "suxiao"}), kFoundWrong);
  EXPECT_EQ(run({"enable", "suxiao"}), kFine);
  EXPECT_EQ(run({"disable", "zhuoyue"}), kFoundWrong);
  EXPECT_THAT(err, HasSubstr(std::string(text_of("people.last_administrator", Language::kChinese))));
}

TEST_F(UserCommand, ResetsASecondFactor_D13) {
  found_school();
  auto session = workflow::sign_in(house.ports, "zhuoyue", "Correct horse 9");
  EXPECT_EQ(run({"reset-second-factor", "zhuoyue"}), kFoundWrong) << "there is none";
  ASSERT_TRUE(workflow::begin_second_factor(house.ports, session->actor, "Correct horse 9"));
  auto secret = from_base32(workflow::second_factor(house.ports, session->actor)->waiting);
  std::string code = one_time_code(*secret, one_time_step(house.clock->now()));
  ASSERT_TRUE(workflow::confirm_second_factor(house.ports, session->actor, session->token, code));
  EXPECT_EQ(workflow::sign_in(house.ports, "zhuoyue", "Correct horse 9")->due, workflow::SecondFactorDue::kCode);
  EXPECT_EQ(run({"reset-second-factor", "ZhuoYue"}), kFine) << err;
  EXPECT_EQ(workflow::sign_in(house.ports, "zhuoyue", "Correct horse 9")->due, workflow::SecondFactorDue::kNothing);
  EXPECT_EQ(run({"reset-second-factor", "nobody"}), kFoundWrong);
  EXPECT_EQ(run({"reset-second-factor"}), kWrongUsage);
}

TEST_F(UserCommand, SaysWhatIsWrong) {
  EXPECT_EQ(run({"list"}), kFoundWrong) << "no school yet";
  EXPECT_THAT(err, HasSubstr("first-administrator"));
  found_school();
  EXPECT_EQ(run({"slip", "nobody"}), kFoundWrong);
  EXPECT_EQ(run({"add", "--name", "苏晓", "--roles", "king"}), kFoundWrong);
  EXPECT_THAT(err, HasSubstr("roles: "));
  EXPECT_THAT(out, IsEmpty());
}

TEST_F(UserCommand, RefusesOtherArguments) {
  for (const Arguments& arguments : {Arguments{}, {"lst"}, {"list", "all"}, {"slip"}, {"add", "--nmae", "x"}, {"disable", "a", "b"}}) {
    EXPECT_EQ(run(arguments), kWrongUsage);
  }
}

}  // namespace
}  // namespace shide::console
