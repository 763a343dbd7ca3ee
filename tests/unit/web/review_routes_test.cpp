// Reading a record, under bad input: a mark is a mark, a send-back has a reason, and nobody decides twice by accident.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"

namespace shide::web {
namespace {

using testing::beside;
using testing::Browser;
using testing::location;
using testing::TestSchool;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class ReviewRoutes : public ::testing::Test {
 protected:
  ReviewRoutes() {
    school.start_visiting();
    school.prepare(1);
    school.write_record(1);
    school.submit(1);
  }
  std::string path() const { return "/reviews/" + school.visits[1].value; }

  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser leader{application, school.ports, "0301"};
  Browser office{application, school.ports, "student_office"};
};

TEST_F(ReviewRoutes, MarksOutsideTheirRangeAreRefusedBesideTheFieldAndTheReasonIsKept_S93) {
  for (const auto& [preparation, quality] : std::map<std::string, std::string>{{"", ""}, {"3", "26"}, {"-1", "ten"}, {"1.5", "9999999999999999999999"}}) {
    Response page = leader.post(path(), {{"act", "accept"}, {"preparation_mark", preparation}, {"quality_mark", quality}, {"reason", "想再问一句"}});
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(beside(page, "preparation_mark"), Not(IsEmpty())) << preparation;
    EXPECT_THAT(beside(page, "quality_mark"), Not(IsEmpty())) << quality;
    EXPECT_THAT(page.body, HasSubstr("想再问一句</textarea>"));
  }
}

TEST_F(ReviewRoutes, ASendBackSaysWhyAndOnceIsEnough) {
  Response silent = leader.post(path(), {{"act", "send_back"}, {"reason", "　"}});
  EXPECT_EQ(silent.status, 422);
  EXPECT_THAT(beside(silent, "reason"), Not(IsEmpty()));
  for (int time = 0; time < 2; ++time) EXPECT_EQ(location(leader.post(path(), {{"act", "send_back"}, {"reason", "再补一句商量好的办法"}})), "/shide/reviews") << time;
  EXPECT_EQ(leader.post(path(), {{"act", "accept"}, {"preparation_mark", "2"}, {"quality_mark", "20"}}).status, 422) << "it is with its writers";
}

TEST_F(ReviewRoutes, AcceptingTwiceIsAcceptingOnce) {
  for (int time = 0; time < 2; ++time) EXPECT_EQ(leader.post(path(), {{"act", "accept"}, {"preparation_mark", "２"}, {"quality_mark", "20"}}).status, 303) << time;
  Response second = office.post(path(), {{"act", "second"}, {"quality_mark", "99"}});
  EXPECT_EQ(second.status, 422);
  EXPECT_THAT(beside(second, "quality_mark"), HasSubstr("25"));
  for (int time = 0; time < 2; ++time) EXPECT_EQ(office.post(path(), {{"act", "second"}, {"quality_mark", "22"}}).status, 303) << time;
  EXPECT_EQ(office.post(path(), {{"act", "second"}, {"quality_mark", "23"}}).status, 404) << "a third reading is not asked for";
}

TEST_F(ReviewRoutes, TheOwnVisitIsSomebodyElsesToRead_D9) {
  school.prepare(0);
  school.write_record(0);
  school.submit(0);
  std::string own = "/reviews/" + school.visits[0].value;
  EXPECT_EQ(leader.get(own).status, 404);
  EXPECT_EQ(leader.post(own, {{"act", "accept"}, {"preparation_mark", "2"}, {"quality_mark", "25"}}).status, 422);
  EXPECT_EQ(office.get(own).status, 200);
}

}  // namespace
}  // namespace shide::web
