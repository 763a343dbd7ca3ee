// What has to be looked after outside: opened once, due the same working day, closed by a named person.
#include "workflow/public_tasks.h"

#include <gmock/gmock.h>

#include "support/refusal.h"
#include "support/test_school.h"
#include "workflow/job.h"

namespace shide::workflow {
namespace {

using ::testing::ElementsAre;
using testing::fields;
using testing::kNoSuchThing;
using testing::refusal;
using testing::TestSchool;
using model::PublicTask;

TEST(EndOfWorkingDay_D1, IsTodayUnlessTodayIsOverOrNoWorkingDay) {
  auto at = [](int day, int hour) { return time_of(*make_date(2021, 1, day), hour, 0); };
  EXPECT_EQ(end_of_working_day(at(22, 9)), at(22, 18)) << "Friday morning";
  EXPECT_EQ(end_of_working_day(at(22, 20)), at(25, 18)) << "Friday evening: Monday";
  EXPECT_EQ(end_of_working_day(at(23, 9)), at(25, 18)) << "Saturday: Monday";
}

class PublicTasks : public ::testing::Test {
 protected:
  void open(const std::string& address) {
    PublicTask task;
    task.school_id = school.school_id;
    task.address = address;
    task.found = "student_name 1";
    ASSERT_TRUE(school.ports.store->transact(job_actor(school.school_id, "test"), "test", [&](ports::Unit& unit) { return open_public_task(unit, task, school.clock->now()); }));
  }
  std::vector<PublicTask> tasks() { return *open_public_tasks(school.ports, school.office); }
  TestSchool school;
};

using PublicTasks_D1_D10 = PublicTasks;

TEST_F(PublicTasks_D1_D10, OneIsEnoughForAnAddressUntilItIsClosed) {
  open("/shide/");
  open("/shide/");
  open("/shide/feed.xml");
  ASSERT_EQ(tasks().size(), 2u);
  PublicTask first = tasks()[0];
  ASSERT_TRUE(close_public_task(school.ports, school.office, first.id, "已经看不到了"));
  ASSERT_EQ(tasks().size(), 1u);
  open(first.address);
  EXPECT_EQ(tasks().size(), 2u) << "it is there again";
}

TEST_F(PublicTasks_D1_D10, IsClosedByANamedPersonWhoSaysWhatIsSeenNow) {
  open("/shide/");
  Id<PublicTask> id = tasks()[0].id;
  EXPECT_THAT(fields(close_public_task(school.ports, school.editor, id, " ")), ElementsAre("outcome"));
  for (const model::Actor& other : {school.head, school.hr, school.as(school.homeroom[0])}) EXPECT_EQ(refusal(close_public_task(school.ports, other, id, "看不到了")), kNoSuchThing);
  auto closed = close_public_task(school.ports, school.editor, id, "页面不存在");
  ASSERT_TRUE(closed);
  EXPECT_EQ(closed->closed_by_name, school.editor.name);
  EXPECT_EQ(closed->closed_at, school.clock->now());
  EXPECT_EQ(close_public_task(school.ports, school.office, id, "另一句")->outcome, "页面不存在") << "closed once";
}

TEST_F(PublicTasks_D1_D10, IsForTheDesk) {
  EXPECT_TRUE(open_public_tasks(school.ports, school.head));
  for (const model::Actor& other : {school.hr, school.as(school.homeroom[0])}) EXPECT_EQ(refusal(open_public_tasks(school.ports, other)), kNoSuchThing);
}

}  // namespace
}  // namespace shide::workflow
