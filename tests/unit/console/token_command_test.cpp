#include "console/token_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/command_line.h"
#include "workflow/first_administrator.h"
#include "workflow/sign_in.h"

namespace shide::console {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

class TokenCommand : public testing::CommandLine {
 protected:
  TokenCommand() {
    auto token = workflow::offer_setup(house.ports);
    EXPECT_TRUE(workflow::set_up_school(house.ports, *token, {"青榆小学", "青榆", "工会网", "活动", "", "卓越", "zhuoyue", "Correct horse 9"}));
  }
  int run(const Arguments& arguments) {
    out.clear();
    err.clear();
    return token_command(arguments, streams, environment);
  }
};

TEST_F(TokenCommand, ShowsATokenOnceAndItOpensItsScope) {
  ASSERT_EQ(run({"add", "--scope", "archive:read", "--name", "人事系统", "--days", "30"}), kFine) << err;
  auto line = nlohmann::json::parse(out);
  std::string token = line["token"];
  EXPECT_EQ(line["expires_at"], "2021-02-12T09:00:00+08:00");
  auto actor = workflow::actor_of_token(house.ports, token);
  ASSERT_TRUE(actor);
  EXPECT_EQ(actor->scopes, std::set<std::string>{"archive:read"});
  ASSERT_EQ(run({"list"}), kFine);
  EXPECT_THAT(out, HasSubstr("人事系统"));
  EXPECT_THAT(out, Not(HasSubstr(token)));
  house.clock->advance(30 * kDay);
  EXPECT_FALSE(workflow::actor_of_token(house.ports, token));
}

TEST_F(TokenCommand, ARevokedTokenOpensNothing) {
  ASSERT_EQ(run({"add", "--scope", "archive:read"}), kFine) << err;
  auto line = nlohmann::json::parse(out);
  ASSERT_EQ(run({"revoke", line["id"]}), kFine) << err;
  std::string first = out;
  EXPECT_FALSE(workflow::actor_of_token(house.ports, line["token"].get<std::string>()));
  house.clock->advance(kDay);
  ASSERT_EQ(run({"revoke", line["id"]}), kFine);
  EXPECT_EQ(out, first);
}

TEST_F(TokenCommand, SaysWhatIsWrong) {
  EXPECT_EQ(run({"add", "--scope", "records:write"}), kFoundWrong);
  EXPECT_EQ(run({"add", "--scope", "archive:read", "--days", "-1"}), kFoundWrong);
  EXPECT_EQ(run({"revoke", "018f0000-0000-7000-8000-000000000000"}), kFoundWrong);
  for (const Arguments& arguments : {Arguments{}, {"add"}, {"list", "all"}, {"revoke"}, {"ad", "--scope", "archive:read"}}) EXPECT_EQ(run(arguments), kWrongUsage);
}

}  // namespace
}  // namespace shide::console
