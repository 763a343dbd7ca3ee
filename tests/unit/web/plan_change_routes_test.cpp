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

class PlanChangeRoutes : public ::testing::Test {
 protected:
  PlanChangeRoutes() {
    school.announce_campaign();
    plan = "/campaigns/" + school.campaign.value;
    enter(office, "student_office");
    enter(teacher, "0300");
  }
  void enter(Visitor& visitor, const std::string& login) {
    visitor.open("/login");
    EXPECT_EQ(visitor.send("/login", {{"login", login}, {"password", "correct horse 9"}}).status, 303);
  }
  static std::string found(const std::string& body, const std::string& pattern) {
    std::smatch hit;
    return std::regex_search(body, hit, std::regex(pattern)) ? hit[1].str() : "missing: " + pattern;
  }

  TestSchool school;
  Application application{school.ports, Settings{}};
  Visitor office{application}, teacher{application};
  std::string plan;
};

TEST_F(PlanChangeRoutes, NewDaysAreReckonedThenAskedOneByOneThenToldOnce_S20) {
  std::string version = found(office.open(plan + "/days").body, "name=\"version\" value=\"([0-9]+)\"");
  Response asked = office.send(plan + "/days", {{"act", "look"}, {"visit_from", "2021-01-30"}, {"visit_to", "2021-01-31"}, {"reason", "放假推迟"}, {"version", version}});
  ASSERT_EQ(asked.status, 200);
  EXPECT_EQ(found(asked.body, "name=\"upload_due\"[^>]* value=\"([^\"]*)\""), "2021年2月5日") << "moved by rule";
  EXPECT_THAT(asked.body, HasSubstr("原来1月29日")) << "the old day stands beside it";
  EXPECT_THAT(asked.body, HasSubstr("放假推迟"));
  EXPECT_THAT(office.open(plan).body, HasSubstr("1月23日")) << "nothing has changed yet";
  Response saved = office.send(plan + "/days", {{"act", "save"}, {"visit_from", "2021-01-30"}, {"visit_to", "2021-01-31"}, {"roster_due", "2021-01-27"}, {"upload_due", "2021-02-08"},
                                               {"reason", "放假推迟"}, {"document", "桐教发〔2021〕3号"}, {"version", version}});
  ASSERT_EQ(saved.status, 303) << saved.body;
  std::string told = teacher.open("/my").body;
  EXPECT_THAT(told, HasSubstr("放假推迟"));
  EXPECT_THAT(told, HasSubstr("1月30日"));
  std::string news = found(told, "action=\"/shide(/plan-news/[0-9a-f-]{36})\"");
  EXPECT_EQ(teacher.send(news, {{"back", "/my"}}).status, 303);
  EXPECT_THAT(teacher.open("/my").body, Not(HasSubstr("放假推迟")));
  std::string versions = teacher.open(plan + "/versions").body;
  EXPECT_THAT(versions, HasSubstr("桐教发〔2021〕3号"));
  EXPECT_THAT(versions, HasSubstr("<del class=\"whole\">1月23日"));
  EXPECT_THAT(teacher.open(plan).body, HasSubstr("<del>1月23日—1月24日</del>")) << "the plan itself shows the old days";
}

TEST_F(PlanChangeRoutes, AWrongDayComesBackBesideItsFieldWithWhatWasTyped_S57) {
  office.open(plan + "/days");
  Response refused = office.send(plan + "/days", {{"act", "save"}, {"visit_from", "2021-01-30"}, {"visit_to", "2021-01-31"}, {"roster_due", "2021-02-01"}, {"upload_due", "2021-02-30"}, {"reason", ""}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("2021-02-30"));
  EXPECT_THAT(refused.body, HasSubstr("aria-invalid"));
}

TEST_F(PlanChangeRoutes, SuspendingAsksForAReasonAndSaysSo_S20) {
  office.open(plan + "/step");
  EXPECT_EQ(office.send(plan + "/step", {{"step", "suspended"}, {"reason", ""}}).status, 422);
  EXPECT_EQ(office.send(plan + "/step", {{"step", "announced"}, {"reason", "x"}}).status, 422);
  EXPECT_EQ(office.send(plan + "/step", {{"step", "suspended"}, {"reason", "等防疫通知"}}).status, 303);
  EXPECT_THAT(teacher.open("/my").body, HasSubstr("等防疫通知"));
}

TEST_F(PlanChangeRoutes, AmendedWordsShowTheLinesThatChanged_S13) {
  std::string page = office.open(plan + "/words").body;
  std::string version = found(page, "name=\"version\" value=\"([0-9]+)\"");
  testing::TypedFields typed = {{"version", version}, {"title", "新名称"}, {"theme", "新主题"}, {"plan_text", "一、活动主题\n二、注意安全"}, {"reason", ""}};
  EXPECT_EQ(office.send(plan + "/words", typed).status, 422);
  typed.back().second = "上级要求";
  ASSERT_EQ(office.send(plan + "/words", typed).status, 303);
  EXPECT_THAT(teacher.open("/my").body, HasSubstr("<ins>二、注意安全</ins>"));
  EXPECT_THAT(office.open("/").body, HasSubstr("新名称"));
}

TEST_F(PlanChangeRoutes, TheBureausNameFindsThePlanAsTheSchoolsDoes_S15) {
  for (const char* name : {"大走访", "“大家访”", "大 家 访", "2020-2021"}) {
    Response page = office.open("/campaigns", "q=" + encode_component(name));
    EXPECT_THAT(page.body, HasSubstr(plan)) << name;
  }
  EXPECT_THAT(office.open("/campaigns", "q=" + encode_component("运动会")).body, Not(HasSubstr(plan)));
}

TEST_F(PlanChangeRoutes, ANewPlanBeginsFromLastYears_S5) {
  Response page = office.open("/campaigns/new", "like=" + school.campaign.value);
  ASSERT_EQ(page.status, 200);
  EXPECT_EQ(found(page.body, "name=\"school_year\"[^>]* value=\"([^\"]*)\""), "2021-2022");
  EXPECT_EQ(found(page.body, "name=\"visit_from\"[^>]* value=\"([^\"]*)\""), "2022年1月22日") << "the same weekday";
  EXPECT_THAT(page.body, HasSubstr("name=\"tentative\" value=\"yes\" checked"));
  EXPECT_THAT(page.body, Not(HasSubstr("value=\"" + school.campaign.value + "\""))) << "another plan";
  EXPECT_EQ(office.open("/campaigns/new", "like=nothing").status, 404);
}

}  // namespace
}  // namespace shide::web
