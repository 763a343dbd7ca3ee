#include "console/migrate_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/fixed_clock.h"
#include "support/memory_store.h"

namespace shide::console {
namespace {

class StoreWithSteps : public testing::MemoryStore {
 public:
  using MemoryStore::MemoryStore;
  Result<std::vector<ports::Migration>> migrations() override {
    if (failure) return *failure;
    return steps;
  }
  Result<std::vector<ports::Migration>> migrate() override {
    std::vector<ports::Migration> taken;
    for (ports::Migration& step : steps) {
      if (!step.applied) taken.push_back(step);
      step.applied = true;
    }
    return taken;
  }
  std::vector<ports::Migration> steps = {{1, "0001_school", "a", true}, {2, "0002_campaign", "b", false}};
  std::optional<Error> failure;
};

class OpenEnvironment : public Environment {
 public:
  OpenEnvironment() {
    auto owned = std::make_unique<StoreWithSteps>(clock_);
    store = owned.get();
    ports_.store = std::move(owned);
  }
  Result<ports::Ports*> open(const Whereabouts&) override { return &ports_; }
  ports::Ports& ports() override { return ports_; }
  std::string option(std::string_view) const override { return {}; }
  std::vector<OptionLine> options(Language) const override { return {}; }
  StoreWithSteps* store;

 private:
  testing::FixedClock clock_;
  ports::Ports ports_;
};

class MigrateCommand : public ::testing::Test {
 protected:
  MigrateCommand() {
    streams.out = [this](std::string_view text) { out += text; };
    streams.err = [this](std::string_view text) { err += text; };
  }
  OpenEnvironment environment;
  Streams streams;
  std::string out, err;
};

TEST_F(MigrateCommand, TakesTheMissingSteps) {
  EXPECT_EQ(migrate_command({}, streams, environment), kFine);
  EXPECT_EQ(out, "{\"number\":1,\"name\":\"0001_school\",\"state\":\"standing\"}\n{\"number\":2,\"name\":\"0002_campaign\",\"state\":\"taken\"}\n");
}

TEST_F(MigrateCommand, OnADryRunOnlyTells) {
  EXPECT_EQ(migrate_command({"--dry-run"}, streams, environment), kFine);
  EXPECT_THAT(out, ::testing::HasSubstr("\"missing\""));
  EXPECT_FALSE(environment.store->steps[1].applied);
}

TEST_F(MigrateCommand, TellsApartAChangedStepAndASilentDatabase) {
  environment.store->failure = Error{ErrorCode::kConfiguration, {"error.internal"}};
  EXPECT_EQ(migrate_command({}, streams, environment), kFoundWrong);
  environment.store->failure = Error{ErrorCode::kUnavailable, {"error.internal"}};
  EXPECT_EQ(migrate_command({}, streams, environment), kCouldNot);
}

TEST_F(MigrateCommand, RefusesAnotherArgument) {
  EXPECT_EQ(migrate_command({"--dry"}, streams, environment), kWrongUsage);
  EXPECT_EQ(out, "");
}

}  // namespace
}  // namespace shide::console
