// The page of the proposed teams, the conditions beside it, and the text for the group chat, under bad input.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/browser.h"
#include "support/test_school.h"

namespace shide::web {
namespace {

using testing::beside;
using testing::Browser;
using testing::location;
using testing::TestSchool;
using testing::value_of;
using ::testing::HasSubstr;
using ::testing::Not;

class AllocationRoutes : public ::testing::Test {
 protected:
  AllocationRoutes() {
    school.announce_campaign();
    school.choose_everywhere();
  }
  std::string roster_path() const { return "/rosters/" + school.roster.value; }
  std::string path() const { return roster_path() + "/allocation"; }
  std::string field(int index) const { return "team." + school.classes[index].id.value; }
  std::string row(int index) const { return "team-" + school.classes[index].id.value; }
  /// Everybody with the colleague of the same number, as the page was seen.
  Browser::Fields teams(const Response& page, const std::string& act) const {
    Browser::Fields fields = {{"version", value_of(page, "version")}, {"fingerprint", value_of(page, "fingerprint")}, {"act", act}};
    for (int i = 0; i < TestSchool::kClasses; ++i) fields.emplace_back(field(i), school.companion[i].id.value);
    return fields;
  }
  Response add_not_with(const std::string& one, const std::string& other) const {
    return leader.post(roster_path() + "/rules", {{"kind", "not_with"}, {"teacher_id", one}, {"other_id", other}});
  }
  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser leader{application, school.ports, "0301"};
  Browser office{application, school.ports, "student_office"};
  Browser teacher{application, school.ports, "0300"};
};

using AllocationRoutes_S58 = AllocationRoutes;

TEST_F(AllocationRoutes_S58, TheProposalStandsReadyInItsSelectsAndIsTakenAsAWhole) {
  Response page = leader.get(path());
  EXPECT_EQ(page.status, 200);
  EXPECT_THAT(page.body, HasSubstr("人人有一户。"));
  for (const auto& one : school.companion) EXPECT_THAT(page.body, HasSubstr("<option value=\"" + one.id.value + "\" selected>")) << one.name;
  EXPECT_EQ(location(leader.post(path(), teams(page, "accept"))), "/shide" + roster_path());
  EXPECT_THAT(leader.get(roster_path()).body, Not(HasSubstr("还没有分到哪一组")));
}

TEST_F(AllocationRoutes_S58, WhatAMoveBreaksStandsInItsRowAndWhatWasChosenStays) {
  ASSERT_EQ(add_not_with(school.companion[0].id.value, school.companion[1].id.value).status, 303);
  Response page = leader.get(path());
  Browser::Fields moved = teams(page, "check");
  moved[4].second = "";
  moved.emplace_back(field(0), school.companion[1].id.value);
  for (const char* act : {"check", "accept"}) {
    moved[2].second = act;
    Response told = leader.post(path(), moved);
    EXPECT_EQ(told.status, std::string(act) == "check" ? 200 : 422);
    EXPECT_THAT(told.body, HasSubstr("id=\"" + row(0) + "-error\""));
    EXPECT_THAT(told.body, HasSubstr("两位老师不同组，请调开一位")) << act;
    EXPECT_THAT(told.body, HasSubstr("三(2)班现在1人"));
  }
  moved = teams(page, "check");
  EXPECT_THAT(leader.post(path(), moved).body, HasSubstr("这样可以，人人有一户"));
}

TEST_F(AllocationRoutes_S58, AProposalOfYesterdayIsRefusedAndWorkedOutAnew) {
  Response page = leader.get(path());
  ASSERT_EQ(add_not_with(school.companion[0].id.value, school.companion[1].id.value).status, 303);
  Response told = leader.post(path(), teams(page, "accept"));
  EXPECT_EQ(told.status, 412);
  EXPECT_THAT(told.body, HasSubstr("看的时候情况有变"));
  EXPECT_NE(value_of(told, "fingerprint"), value_of(page, "fingerprint"));
  EXPECT_EQ(leader.post(path(), teams(told, "accept")).status, 303);
}

TEST_F(AllocationRoutes_S58, WhereNothingWorksTheFewestRulesAreNamed) {
  ASSERT_EQ(leader.post(roster_path() + "/rules", {{"kind", "away"}, {"teacher_id", school.homeroom[2].id.value}, {"from", "2021-01-20"}, {"to", "2021-01-30"}}).status, 303);
  Response page = leader.get(path());
  EXPECT_THAT(page.body, HasSubstr("下面几条放在一起，办不到"));
  EXPECT_THAT(page.body, HasSubstr(school.homeroom[2].name + "老师有不在的日子"));
}

using AllocationRoutes_D5 = AllocationRoutes;

TEST_F(AllocationRoutes_D5, AWrongConditionIsToldBesideItsField) {
  Response page = add_not_with("nobody", "");
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(beside(page, "other_id"), HasSubstr("请从名单里选一位老师"));
  page = leader.post(roster_path() + "/rules", {{"kind", "away"}, {"teacher_id", school.companion[0].id.value}, {"from", "昨天"}, {"to", "2021-01-23"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(beside(page, "from"), Not(::testing::IsEmpty()));
  EXPECT_EQ(value_of(page, "from"), "昨天");
}

TEST_F(AllocationRoutes_D5, TheOfficeReadsItAndOthersDoNotFindIt) {
  ASSERT_EQ(add_not_with(school.companion[0].id.value, school.companion[1].id.value).status, 303);
  Response page = office.get(path());
  EXPECT_THAT(page.body, HasSubstr("两位老师不同组"));
  EXPECT_THAT(page.body, Not(HasSubstr("/remove\"")));
  EXPECT_EQ(teacher.get(path()).status, 404);
  EXPECT_EQ(Browser(application, school.ports, "0303").get(path()).status, 404);
}

using Reminder_S54_S55_R12 = AllocationRoutes;

TEST_F(Reminder_S54_S55_R12, TellsWhatIsOutstandingWithoutAName) {
  Response page = leader.get(roster_path());
  std::size_t from = page.body.find("<textarea id=\"reminder\"");
  ASSERT_NE(from, std::string::npos);
  std::string text = page.body.substr(from, page.body.find("</textarea>", from) - from);
  EXPECT_THAT(text, HasSubstr("三年级组名单"));
  EXPECT_THAT(text, HasSubstr("三(1)班"));
  EXPECT_THAT(text, HasSubstr("6位老师还没有分到组"));
  for (const auto& student : school.students) EXPECT_THAT(text, Not(HasSubstr(student.name)));
  for (const auto& one : school.companion) EXPECT_THAT(text, Not(HasSubstr(one.name)));
}

class CompanionsRoutes : public ::testing::Test {
 protected:
  CompanionsRoutes() { school.start_visiting(); }
  std::string give_path() const { return "/companions/visits/" + school.visits[1].value; }
  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser giver{application, school.ports, "0303"}, taker{application, school.ports, "0305"};
};

using CompanionsRoutes_S48_S77 = CompanionsRoutes;

TEST_F(CompanionsRoutes_S48_S77, APlaceIsOfferedAnsweredAndGone) {
  EXPECT_THAT(giver.get("/companions").body, HasSubstr("三(2)班这一户"));
  Response wrong = giver.post(give_path(), {{"from_id", school.companion[1].id.value}, {"to_id", ""}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_THAT(wrong.body, HasSubstr("请从名单里选一位老师"));
  EXPECT_THAT(wrong.body, HasSubstr("<details open>")) << "the form that was sent stays open";
  for (int time = 0; time < 2; ++time) {
    EXPECT_EQ(location(giver.post(give_path(), {{"from_id", school.companion[1].id.value}, {"to_id", school.companion[2].id.value}})), "/shide/companions");
  }
  EXPECT_THAT(giver.get("/companions").body, HasSubstr("等答复"));
  EXPECT_THAT(taker.get("/my").body, HasSubstr("有1位同事等您答复"));
  Response page = taker.get("/companions");
  EXPECT_THAT(page.body, HasSubstr(school.companion[1].name + "老师去不了三(2)班这一户"));
  std::string id = school.rows<model::HandOver>().front().id.value;
  EXPECT_EQ(taker.post("/companions/hand-overs/" + id, {{"act", "yes"}}).status, 303);
  EXPECT_THAT(giver.get("/companions").body, HasSubstr("说好了"));
  EXPECT_EQ(giver.get("/visits/" + school.visits[1].value).status, 404);
  EXPECT_EQ(taker.get("/visits/" + school.visits[1].value).status, 200);
  EXPECT_EQ(taker.post("/companions/hand-overs/" + id, {{"act", "no"}}).status, 422);
}

}  // namespace
}  // namespace shide::web
