#include "console/first_administrator_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/command_line.h"
#include "workflow/first_administrator.h"

namespace shide::console {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::MatchesRegex;

class FirstAdministratorCommand : public testing::CommandLine {};

TEST_F(FirstAdministratorCommand, PrintsTheLinkAloneOnALine) {
  environment.options_set = {{"server.address", "127.0.0.1"}, {"server.port", "8090"}, {"server.mount", "/shide"}};
  EXPECT_EQ(first_administrator_command({}, streams, environment), kFine);
  EXPECT_THAT(out, MatchesRegex("http://127\\.0\\.0\\.1:8090/shide/setup/[A-Za-z0-9_-]{32}\n"));
}

TEST_F(FirstAdministratorCommand, TakesTheAddressTheOperatorKnows) {
  environment.options_set = {{"section.public_base_url", "https://www.example.edu.cn/shide"}};
  EXPECT_EQ(first_administrator_command({}, streams, environment), kFine);
  EXPECT_THAT(out, HasSubstr("https://www.example.edu.cn/shide/setup/"));
  out.clear();
  EXPECT_EQ(first_administrator_command({"--url", "https://school.example/shide/"}, streams, environment), kFine);
  EXPECT_THAT(out, HasSubstr("https://school.example/shide/setup/"));
}

TEST_F(FirstAdministratorCommand, SaysSoOnceThereIsAnAdministrator) {
  auto token = workflow::offer_setup(house.ports);
  ASSERT_TRUE(workflow::set_up_school(house.ports, *token, {"青榆小学", "青榆", "工会网", "活动", "", "卓越", "zhuoyue", "Correct horse 9"}));
  EXPECT_EQ(first_administrator_command({}, streams, environment), kFoundWrong);
  EXPECT_THAT(out, IsEmpty());
  EXPECT_THAT(err, HasSubstr(std::string(text_of("setup.has_administrator", Language::kChinese))));
}

TEST_F(FirstAdministratorCommand, RefusesAnotherArgument) {
  EXPECT_EQ(first_administrator_command({"--ulr", "x"}, streams, environment), kWrongUsage);
  EXPECT_EQ(first_administrator_command({"--url"}, streams, environment), kWrongUsage);
}

}  // namespace
}  // namespace shide::console
