// The auditor's page: whole sentences, a filter that says when a day is none, and no pupil on it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"

namespace shide::web {
namespace {

using testing::Browser;
using testing::TestSchool;
using ::testing::HasSubstr;
using ::testing::Not;

class AuditRoutes_D9 : public ::testing::Test {
 protected:
  AuditRoutes_D9() {
    school.start_visiting();
    school.finish(0);
  }
  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser auditor{application, school.ports, "auditor"};
};

TEST_F(AuditRoutes_D9, SaysInWordsWhoDidWhat) {
  std::string page = auditor.get("/audit").body;
  EXPECT_THAT(page, HasSubstr(school.homeroom[0].name));
  EXPECT_THAT(page, HasSubstr("上交了记录"));
  EXPECT_THAT(page, Not(HasSubstr("记入档案")));
  EXPECT_THAT(auditor.get("/audit?software=yes").body, HasSubstr("记入档案"));
  EXPECT_THAT(auditor.get("/audit?lang=en").body, HasSubstr("submitted a record"));
}

TEST_F(AuditRoutes_D9, HoldsNoPupil) {
  std::string page = auditor.get("/audit").body;
  for (const auto& student : school.students) EXPECT_THAT(page, Not(HasSubstr(student.name)));
}

TEST_F(AuditRoutes_D9, KeepsTheFilterAndSaysWhenADayIsNone) {
  Response none = auditor.get("/audit?person=nobody&day=2021-01-24");
  EXPECT_EQ(none.status, 200);
  EXPECT_THAT(none.body, HasSubstr("没有记录"));
  EXPECT_EQ(testing::value_of(none, "person"), "nobody");
  EXPECT_EQ(testing::value_of(none, "day"), "2021-01-24");
  Response wrong = auditor.get("/audit?day=2021-02-30");
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(testing::beside(wrong, "day"), HasSubstr("没有这一天"));
}

TEST_F(AuditRoutes_D9, IsNobodyElses) {
  for (const char* login : {"head", "it_admin", "hr", "0300"}) EXPECT_EQ(Browser(application, school.ports, login).get("/audit").status, 404) << login;
}

}  // namespace
}  // namespace shide::web
