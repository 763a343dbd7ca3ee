#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "support/test_school.h"
#include "support/visitor.h"
#include "web/session.h"

namespace shide::web {
namespace {

using testing::TestSchool;
using testing::Visitor;
using ::testing::HasSubstr;
using ::testing::Not;

class NewYearRoutes_D12 : public ::testing::Test {
 protected:
  NewYearRoutes_D12() {
    school.clock->advance(time_of(*make_date(2021, 9, 1), 9) - school.clock->now());
    office.open("/login");
    EXPECT_EQ(office.send("/login", {{"login", "student_office"}, {"password", "correct horse 9"}}).status, 303);
  }
  static std::string digest_in(const std::string& body) {
    std::smatch found;
    return std::regex_search(body, found, std::regex("name=\"digest\" value=\"([0-9a-f]{64})\"")) ? found[1].str() : "";
  }

  TestSchool school;
  Application application{school.ports, Settings{}};
  Visitor office{application};
};

TEST_F(NewYearRoutes_D12, ShowThenDo) {
  EXPECT_THAT(office.open("/new-year").body, HasSubstr("2021-2022"));
  Response report = office.send("/new-year", {{"teachers", "with_class"}, {"first_classes", "2"}});
  ASSERT_EQ(report.status, 200);
  for (const char* said : {"三(1)班", "四(1)班", "一(2)班"}) EXPECT_THAT(report.body, HasSubstr(said));
  EXPECT_THAT(report.body, Not(HasSubstr(school.students[0].name))) << "a plan tells of classes, not of pupils";
  Response done = office.send("/new-year/confirm", {{"teachers", "with_class"}, {"first_classes", "2"}, {"digest", digest_in(report.body)}});
  EXPECT_EQ(done.status, 303);
  EXPECT_THAT(office.open("/classes").body, HasSubstr("四(1)班"));
  EXPECT_THAT(office.open("/new-year").body, Not(HasSubstr("name=\"first_classes\""))) << "begun once";
}

TEST_F(NewYearRoutes_D12, AnotherDigestIsShownAgainAndDoesNothing) {
  office.open("/new-year");
  Response refused = office.send("/new-year/confirm", {{"teachers", "with_class"}, {"first_classes", ""}, {"digest", std::string(64, '0')}});
  EXPECT_EQ(refused.status, 412);
  EXPECT_THAT(refused.body, HasSubstr("role=\"alert\""));
  EXPECT_FALSE(digest_in(refused.body).empty());
  EXPECT_THAT(office.open("/classes").body, Not(HasSubstr("四(1)班")));
}

TEST_F(NewYearRoutes_D12, AWrongNumberStandsBesideItsField) {
  office.open("/new-year");
  Response refused = office.send("/new-year", {{"teachers", "with_class"}, {"first_classes", "many"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("value=\"many\""));
}

}  // namespace
}  // namespace shide::web
