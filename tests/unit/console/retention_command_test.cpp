#include "console/retention_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/command_line.h"
#include "support/test_school.h"
#include "workflow/retention.h"

namespace shide::console {
namespace {

using ::testing::SizeIs;

struct AtTheMachine {
  AtTheMachine() : environment(school.ports) {
    streams.out = [this](std::string_view text) { out += text; };
    streams.err = [this](std::string_view text) { err += text; };
    school.start_visiting();
    school.finish(1);
    school.clock->advance(time_of(*make_date(2021, 8, 1), 3) - school.clock->now());
  }
  std::vector<nlohmann::json> run(const Arguments& arguments) {
    out.clear();
    EXPECT_EQ(retention_command(arguments, streams, environment), kFine) << err;
    std::vector<nlohmann::json> lines;
    for (std::size_t from = 0; from < out.size();) {
      std::size_t end = out.find('\n', from);
      lines.push_back(nlohmann::json::parse(out.substr(from, end - from)));
      from = end + 1;
    }
    return lines;
  }
  testing::TestSchool school;
  testing::HouseEnvironment environment;
  Streams streams;
  std::string out, err;
};

TEST(RetentionCommand, TellsWhatIsDueAndAfterwardsWhatWent) {
  AtTheMachine machine;
  EXPECT_THAT(machine.run({}), SizeIs(0));
  auto due = machine.run({"--due"});
  ASSERT_FALSE(due.empty());
  auto gone = workflow::keep_retention(machine.school.ports);
  ASSERT_TRUE(gone);
  EXPECT_THAT(machine.run({"--due"}), SizeIs(0));
  auto lines = machine.run({});
  ASSERT_THAT(lines, SizeIs(due.size()));
  EXPECT_EQ(lines[0]["until"].get<std::string>().size(), 10u);
  EXPECT_FALSE(lines[0].contains("reason"));
}

TEST(RetentionCommand, WrongUsageIsTold) {
  AtTheMachine machine;
  EXPECT_EQ(retention_command({"--all"}, machine.streams, machine.environment), kWrongUsage);
}

}  // namespace
}  // namespace shide::console
