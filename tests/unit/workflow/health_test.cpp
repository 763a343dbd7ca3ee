#include "workflow/health.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/test_school.h"

namespace shide::workflow {
namespace {

using testing::TestSchool;
using ::testing::ElementsAre;

/// A database that answers as it is told to.
class StoreWithSteps : public testing::MemoryStore {
 public:
  StoreWithSteps(const Clock& clock, Result<std::vector<ports::Migration>> steps) : MemoryStore(clock), steps_(std::move(steps)) {}
  Result<std::vector<ports::Migration>> migrations() override { return steps_; }

 private:
  Result<std::vector<ports::Migration>> steps_;
};

/// "database", or "database: code" when something is to be done.
std::vector<std::string> looked(ports::Ports& ports) {
  std::vector<std::string> list;
  for (const Finding& one : look_at_ports(ports)) list.push_back(std::string(one.check) + (one.advice.empty() ? "" : ": " + one.advice.code));
  return list;
}

class FailingReader : public ports::PhotoReader {
 public:
  Result<ports::CleanPhoto> read(std::string_view) override { return internal_error("no such program"); }
};
class KindReader : public ports::PhotoReader {
 public:
  Result<ports::CleanPhoto> read(std::string_view) override { return ports::CleanPhoto{}; }
};

TEST(Health, ASoundInstallationHasNothingToDo) {
  TestSchool school;
  school.ports.photo_reader = std::make_unique<KindReader>();
  ASSERT_TRUE(school.ports.seal->make_key("2021a", *parse_date("2022-08-31")));
  EXPECT_THAT(looked(school.ports), ElementsAre("database", "photo_program", "audit_key", "steps", "clock"));
}

TEST(Health, AKeyOfTheLogIsMissedBeforeItIsOver) {
  TestSchool school;
  auto said = [&] { return looked(school.ports).at(2); };
  ASSERT_TRUE(school.ports.seal->make_key("2021a", *parse_date("2021-03-31")));
  EXPECT_EQ(said(), "audit_key");
  school.clock->advance(60 * kDay);
  EXPECT_EQ(said(), "audit_key: seal.key_soon");
  school.clock->advance(60 * kDay);
  EXPECT_EQ(said(), "audit_key: seal.no_key");
}

TEST(Health, AClockThatWasSetBackIsFound) {
  TestSchool school;
  school.ports.photo_reader = std::make_unique<KindReader>();
  school.clock->advance(-kHour);
  EXPECT_THAT(looked(school.ports), ElementsAre("database", "photo_program", "audit_key: seal.no_key", "steps", "clock: health.clock"));
}

TEST(Health, APhotoProgramThatDoesNotRunIsFound) {
  TestSchool school;
  school.ports.photo_reader = std::make_unique<FailingReader>();
  EXPECT_THAT(looked(school.ports), ElementsAre("database", "photo_program: health.photo_program", "audit_key: seal.no_key", "steps", "clock"));
}

TEST(Health, AnOldDatabaseIsToldFromASilentOne) {
  testing::EmptyHouse house{Time{}};
  house.ports.photo_reader = std::make_unique<KindReader>();
  house.ports.store = std::make_unique<StoreWithSteps>(*house.clock, std::vector<ports::Migration>{{1, "0001_school", "a", false}});
  EXPECT_THAT(looked(house.ports), ElementsAre("database", "photo_program", "audit_key: seal.no_key", "steps: health.steps"));
  house.ports.store = std::make_unique<StoreWithSteps>(*house.clock, Error{ErrorCode::kUnavailable, {}});
  EXPECT_THAT(looked(house.ports), ElementsAre("database: health.database", "photo_program", "audit_key: seal.no_key"));
}

}  // namespace
}  // namespace shide::workflow
