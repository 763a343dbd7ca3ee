// Demands, rectification items, questions and gifts, under bad input: a refusal stays in the row it belongs to.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"
#include "workflow/demand.h"
#include "workflow/visit.h"

namespace shide::web {
namespace {

using nlohmann::json;
using testing::beside;
using testing::Browser;
using testing::location;
using testing::TestSchool;
using testing::value_of;
using testing::wrong_fields;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

class OverviewRoutes : public ::testing::Test {
 protected:
  OverviewRoutes() {
    school.start_visiting();
    school.prepare(0);
    school.write_record(0);
    school.submit(0);
    demand = school.store->tables()["demands"].begin()->first;
  }

  static Browser::Fields item(const std::string& id, const std::map<std::string, std::string>& changes = {}) {
    std::map<std::string, std::string> fields = {{"id", id}, {"demand_id", ""}, {"problem", "课后服务太早结束"}, {"measure", "试行到六点"}, {"standard", "三月起每天到六点"},
                                                 {"owner_login", "student_office"}, {"due_on", "2021-03-01"}};
    for (const auto& [name, value] : changes) fields[name] = value;
    return {fields.begin(), fields.end()};
  }
  static std::string id(int number) { return "018f0000-0000-7000-8000-0000000000a" + std::to_string(number); }

  TestSchool school;
  std::string demand;
  Application application{school.ports, Settings{}};
  Browser office{application, school.ports, "student_office"};
  Browser head{application, school.ports, "head"};
};

TEST_F(OverviewRoutes, ADemandWantsAnOwnerAndAnAnswer_S96) {
  Response nobody = office.post("/demands/" + demand, {{"act", "assign"}, {"owner", " "}});
  EXPECT_EQ(nobody.status, 422);
  EXPECT_THAT(beside(nobody, "owner"), Not(IsEmpty()));
  Response longer = office.post("/demands/" + demand, {{"act", "answer"}, {"answer", std::string(600, 'x')}});
  EXPECT_EQ(longer.status, 422);
  EXPECT_THAT(beside(longer, "answer"), HasSubstr("500"));
  EXPECT_THAT(longer.body, HasSubstr(std::string(600, 'x')));
}

TEST_F(OverviewRoutes, TwoAnswersToOneDemandAreBothShown) {
  for (int time = 0; time < 2; ++time) EXPECT_EQ(office.post("/demands/" + demand, {{"act", "answer"}, {"answer", "三月起到六点。"}}).status, 303);
  Response late = office.post("/demands/" + demand, {{"act", "answer"}, {"answer", "四月起到六点半。"}});
  EXPECT_EQ(late.status, 412);
  EXPECT_THAT(late.body, ::testing::AllOf(HasSubstr("三月起到六点。"), HasSubstr("四月起到六点半。")));
  Response over = office.post("/demands/" + demand, {{"act", "assign"}, {"owner", "总务处"}});
  EXPECT_EQ(over.status, 422);
  EXPECT_THAT(over.body, HasSubstr(std::string(text_of("error.done_before", Language::kChinese))));
}

TEST_F(OverviewRoutes, AnItemIsOpenedOnceAndNamesEveryWrongField_S85) {
  Response wrong = office.post("/rectifications", item(id(1), {{"problem", ""}, {"measure", "x"}, {"standard", ""}, {"due_on", "2021-02-30"}}));
  EXPECT_EQ(wrong.status, 422);
  for (const char* field : {"problem", "measure", "standard", "due_on"}) EXPECT_THAT(beside(wrong, field), Not(IsEmpty())) << field;
  EXPECT_EQ(value_of(wrong, "id"), id(1));
  EXPECT_THAT(beside(office.post("/rectifications", item(id(1), {{"due_on", "2020-12-01"}})), "due_on"), Not(IsEmpty()));
  EXPECT_THAT(beside(office.post("/rectifications", item(id(1), {{"owner_login", "nobody"}})), "owner_login"), Not(IsEmpty()));
  EXPECT_THAT(office.get("/rectifications").body, HasSubstr("<option value=\"\" selected>")) << "whoever stands first owns nothing by accident";
  EXPECT_EQ(office.post("/rectifications", item(id(1), {{"demand_id", id(9)}})).status, 404);
  for (int time = 0; time < 2; ++time) EXPECT_EQ(office.post("/rectifications", item(id(1))).status, 303);
  EXPECT_EQ(school.store->tables()["rectifications"].size(), 1u);
  EXPECT_EQ(office.post("/rectifications", item(id(1), {{"problem", "另一个问题"}})).status, 409);
}

TEST_F(OverviewRoutes, ARefusedOutcomeStaysWithItsItem) {
  for (int number : {1, 2}) ASSERT_EQ(office.post("/rectifications", item(id(number))).status, 303);
  std::string typed(600, 'x');
  Response page = office.post("/rectifications/" + id(2), {{"act", "report"}, {"outcome", typed}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(beside(page, "outcome-" + id(2)), HasSubstr("500"));
  EXPECT_EQ(beside(page, "outcome-" + id(1)), "");
  std::size_t first = page.body.find(typed);
  ASSERT_NE(first, std::string::npos);
  EXPECT_EQ(page.body.find(typed, first + 1), std::string::npos) << "only in the row it was typed in";
  EXPECT_EQ(office.post("/rectifications/" + id(2), {{"act", "sign_off"}}).status, 422) << "nobody signs off the own item";
}

TEST_F(OverviewRoutes, EveryIdOnAPageOfFormsIsItsOwn) {
  for (int number : {1, 2}) ASSERT_EQ(office.post("/rectifications", item(id(number))).status, 303);
  for (int number : {1, 2}) ASSERT_TRUE(workflow::report_gift(school.ports, school.as(school.homeroom[0]), school.visits[0], {id(number + 4)}, "家长送来水果，退回了。"));
  for (const char* path : {"/rectifications", "/gifts", "/signals"}) {
    std::string body = office.get(path).body;
    std::set<std::string> ids;
    for (std::size_t at = 0; (at = body.find(" id=\"", at)) != std::string::npos;) {
      at += 5;
      EXPECT_TRUE(ids.insert(body.substr(at, body.find('"', at) - at)).second) << path << " " << body.substr(at, 60);
    }
  }
}

TEST_F(OverviewRoutes, AGiftIsSettledOnce_S97) {
  for (int number : {1, 2}) ASSERT_TRUE(workflow::report_gift(school.ports, school.as(school.homeroom[0]), school.visits[0], {id(number)}, "家长送来水果，退回了。"));
  Response empty = office.post("/gifts/" + id(1), {{"outcome", ""}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_THAT(beside(empty, "outcome-" + id(1)), Not(IsEmpty()));
  EXPECT_EQ(beside(empty, "outcome-" + id(2)), "");
  for (int time = 0; time < 2; ++time) EXPECT_EQ(office.post("/gifts/" + id(1), {{"outcome", "已退回，向家长致谢。"}}).status, 303);
  EXPECT_EQ(office.post("/gifts/" + id(1), {{"outcome", "另一种处理"}}).status, 412);
}

TEST_F(OverviewRoutes, AListEndsWhenItIsReadToTheEnd) {
  for (int number : {1, 2, 3, 4, 5}) ASSERT_EQ(office.post("/rectifications", item(id(number))).status, 303);
  std::vector<std::string> seen;
  std::string after;
  for (int page = 0; page < 10; ++page) {
    json list = json::parse(office.get("/api/v1/rectifications?limit=2" + (after.empty() ? "" : "&after=" + after)).body);
    EXPECT_LE(list["items"].size(), 2u);
    for (const json& one : list["items"]) seen.push_back(one["id"]);
    if (list["next"].is_null()) break;
    after = list["next"];
  }
  EXPECT_EQ(seen.size(), 5u);
  EXPECT_EQ(std::set<std::string>(seen.begin(), seen.end()).size(), 5u);
  for (const char* limit : {"0", "-1", "x", "1e9", "99999999999999999999"}) {
    EXPECT_EQ(json::parse(office.get("/api/v1/rectifications?limit=" + std::string(limit)).body)["items"].size(), 5u) << limit;
  }
  for (const char* forged : {"zzz", "018f0000-0000-7000-8000-000000000000", "%27%20OR%201"}) {
    EXPECT_EQ(wrong_fields(office.get("/api/v1/demands?after=" + std::string(forged)))["after"], "field.no_cursor") << forged;
  }
}

TEST_F(OverviewRoutes, FiguresAreOfTheCampaignThatWasAskedFor) {
  EXPECT_EQ(head.get("/api/v1/analysis").status, 200);
  EXPECT_EQ(head.get("/api/v1/analysis?campaign=" + school.campaign.value).status, 200);
  EXPECT_EQ(head.get("/api/v1/analysis?campaign=" + id(1)).status, 404);
}

}  // namespace
}  // namespace shide::web
