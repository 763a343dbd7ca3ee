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
  EXPECT_THAT(looked(school.ports), ElementsAre("database", "photo_program", "steps", "clock", "keys"));
}

TEST(Health, AClockThatWasSetBackIsFound) {
  TestSchool school;
  school.ports.photo_reader = std::make_unique<KindReader>();
  school.clock->advance(-kHour);
  EXPECT_THAT(looked(school.ports), ElementsAre("database", "photo_program", "steps", "clock: health.clock", "keys"));
}

TEST(Health, APhotoProgramThatDoesNotRunIsFound) {
  TestSchool school;
  school.ports.photo_reader = std::make_unique<FailingReader>();
  EXPECT_THAT(looked(school.ports), ElementsAre("database", "photo_program: health.photo_program", "steps", "clock", "keys"));
}

TEST(Health, AnOldDatabaseIsToldFromASilentOne) {
  testing::EmptyHouse house{Time{}};
  house.ports.photo_reader = std::make_unique<KindReader>();
  house.ports.store = std::make_unique<StoreWithSteps>(*house.clock, std::vector<ports::Migration>{{1, "0001_school", "a", false}});
  EXPECT_THAT(looked(house.ports), ElementsAre("database", "photo_program", "steps: health.steps"));
  house.ports.store = std::make_unique<StoreWithSteps>(*house.clock, Error{ErrorCode::kUnavailable, {}});
  EXPECT_THAT(looked(house.ports), ElementsAre("database: health.database", "photo_program"));
}

}  // namespace
}  // namespace shide::workflow
