#include "console/keys_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/school.h"
#include "support/command_line.h"
#include "workflow/first_administrator.h"

namespace shide::console {
namespace {

using ::testing::HasSubstr;

/// A store with two keys, which counts how often they are rotated.
class StoreWithKeys : public testing::MemoryStore {
 public:
  using MemoryStore::MemoryStore;
  Result<std::vector<ports::KeyUse>> key_uses() override {
    if (!trouble.empty()) return Error{ErrorCode::kConfiguration, {trouble, {{"key", "k1"}, {"folder", "/etc/shide/keys"}}}};
    return std::vector<ports::KeyUse>{{{"20210124-bbbbbb", time_of(*make_date(2021, 1, 24)), *make_date(2023, 1, 25)}, 3}, {{"20200101-aaaaaa", time_of(*make_date(2020, 1, 1)), *make_date(2022, 1, 1)}, 0}};
  }
  Result<ports::Rotation> rotate_keys(const std::function<void(std::int64_t)>& progress) override {
    ++rotated;
    progress(120);
    return ports::Rotation{120, 7};
  }
  std::string trouble;
  int rotated = 0;
};

class KeysCommand : public testing::CommandLine {
 protected:
  KeysCommand() {
    auto token = workflow::offer_setup(house.ports);
    EXPECT_TRUE(workflow::set_up_school(house.ports, *token, {"青榆小学", "青榆", "工会网", "活动", "", "卓越", "zhuoyue", "Correct horse 9"}));
  }
  StoreWithKeys& use_keys() {
    auto store = std::make_unique<StoreWithKeys>(*house.clock);
    StoreWithKeys& kept = *store;
    house.ports.store = std::move(store);
    return kept;
  }
};

TEST_F(KeysCommand, ListsTheKeysNewestFirst) {
  use_keys();
  ASSERT_EQ(keys_command({}, streams, environment), kFine) << err;
  EXPECT_EQ(out, "{\"id\":\"20210124-bbbbbb\",\"made\":\"2021-01-24\",\"expires\":\"2023-01-25\",\"wraps\":3}\n"
                 "{\"id\":\"20200101-aaaaaa\",\"made\":\"2020-01-01\",\"expires\":\"2022-01-01\",\"wraps\":0}\n");
  EXPECT_EQ(keys_command({"show"}, streams, environment), kWrongUsage);
}

TEST_F(KeysCommand, ATroubleIsToldInWords) {
  use_keys().trouble = "keys.missing";
  EXPECT_EQ(keys_command({}, streams, environment), kFoundWrong);
  EXPECT_THAT(err, HasSubstr("k1"));
  EXPECT_THAT(err, HasSubstr("/etc/shide/keys"));
}

TEST_F(KeysCommand, RotatesByEitherName) {
  StoreWithKeys& store = use_keys();
  EXPECT_EQ(keys_command({"rotate"}, streams, environment), kFine) << err;
  EXPECT_EQ(rekey_command({}, streams, environment), kFine) << err;
  EXPECT_EQ(store.rotated, 2);
  EXPECT_THAT(out, HasSubstr("120"));
  EXPECT_EQ(rekey_command({"now"}, streams, environment), kWrongUsage);
}

TEST_F(KeysCommand, ErasesAPupilAndTellsWhatStays) {
  auto student = model::Student{};
  student.id = new_id<model::Student>(house.clock->now());
  student.student_number = "20200311";
  student.name = "王小明";
  auto school = house.ports.store->read([] { model::Actor job; job.job = "test"; return job; }(), [](ports::Unit& unit) { return unit.of<model::School>().first({}); });
  ASSERT_TRUE(school);
  student.school_id = school->id;
  model::Actor actor;
  actor.school = school->id;
  ASSERT_TRUE(house.ports.store->transact(actor, "set_up", [&](ports::Unit& unit) -> Result<void> {
    model::Student copy = student;
    SHIDE_CHECK(unit.of<model::Student>().save(copy));
    return unit.audit(copy, "name");
  }));
  EXPECT_EQ(erase_command({"--reason", "监护人书面要求"}, streams, environment), kWrongUsage);
  EXPECT_EQ(erase_command({"--student", "1", "--reason", "监护人书面要求"}, streams, environment), kFoundWrong);
  EXPECT_EQ(erase_command({"--student", "20200311", "--reason", "x"}, streams, environment), kFoundWrong);
  err.clear();
  ASSERT_EQ(erase_command({"--student", "20200311", "--reason", "监护人书面要求"}, streams, environment), kFine) << err;
  EXPECT_EQ(out, render({"erase.done", {{"visits", 0}, {"photos", 0}, {"posts", 0}}}, streams.language) + "\n" + render({"erase.left"}, streams.language) + "\n");
}

}  // namespace
}  // namespace shide::console
