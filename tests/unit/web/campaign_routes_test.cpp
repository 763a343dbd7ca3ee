// The plan as the office types and pastes it: cleaned, never refused for how it looks, and refused field by field for what it says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"

namespace shide::web {
namespace {

using nlohmann::json;
using testing::beside;
using testing::Browser;
using testing::location;
using testing::TestSchool;
using testing::value_of;
using ::testing::HasSubstr;
using ::testing::Not;

class CampaignRoutes : public ::testing::Test {
 protected:
  /// The plan as typed into /campaigns/new, `changes` over it.
  Browser::Fields plan(const std::map<std::string, std::string>& changes = {}) const {
    std::map<std::string, std::string> fields = {
        {"id", kId}, {"version", "0"}, {"school_year", "2020-2021"}, {"term", "1"}, {"title", "2020——2021学年百名教师“大走访”活动实施方案"}, {"other_title", "“大家访”活动"},
        {"theme", "牵手千家万户，共助学生成长。"}, {"visit_from", "2021年1月23日"}, {"visit_to", "2021-01-24"}, {"tentative", "yes"}, {"tentative_note", "初定这个时间"},
        {"roster_due", "2021年1月20日"}, {"upload_due", "2021-01-29"}, {"photos_required", "2"}, {"team_min", "2"}, {"team_max", "３"}, {"homeroom_counts", "yes"}, {"per_class", "1"},
        {"issued_by", "青榆小学"}, {"issued_on", "2021年1月12日"}, {"source", "本站原创"}, {"basis.0.title", "关于开展“大家访”活动的通知"}, {"stages.0.title", "宣传"},
        {"stages.0.from", "2021-01-13"}, {"plan_text", "一、活动主题\n\n牵手千家万户，共助学生成长。"}};
    for (const auto& [name, value] : changes) fields[name] = value;
    return {fields.begin(), fields.end()};
  }

  static constexpr const char* kId = "018f0000-0000-7000-8000-0000000000c1";
  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser office{application, school.ports, "student_office"};
};

TEST_F(CampaignRoutes, APlanPastedFromAnOfficeComesOutReadable_S16) {
  std::string blanks;
  for (int i = 0; i < 2300; ++i) blanks += "\xE3\x80\x80 \xC2\xA0";  // 6,900 blanks of three kinds inside one item
  std::string pasted = "\xEF\xBB\xBF一、活动主题\r\n\r\n\r\n\r\n牵手千家万户，共助学生成长。\r\n\r\n二、活动时间\u3000\u30002021年１月２３ -24日\r\n\r\n4教师在家访前要预先备课，" + blanks +
                       "结束后要认真做好情况记录\u200B，形成家访手记。\r\n\r\n8.不能对家长的诉求置之不理\f\r\n" + std::string("附件\0一", 10);
  Response saved = office.post("/campaigns", plan({{"plan_text", pasted}}));
  ASSERT_EQ(location(saved), "/shide/campaigns/" + std::string(kId)) << beside(saved, "plan_text");
  Response page = office.get("/campaigns/" + std::string(kId));
  EXPECT_THAT(page.body, HasSubstr("一、活动主题\n\n牵手千家万户，共助学生成长。\n\n二、活动时间 2021年１月２３ -24日\n\n4教师在家访前要预先备课， 结束后要认真做好情况记录，形成家访手记。\n\n"
                                   "8.不能对家长的诉求置之不理\n\n附件一"));
  EXPECT_EQ(json::parse(office.get("/api/v1/campaigns").body)["items"][0]["visit_from"], "2021-01-23");
}

TEST_F(CampaignRoutes, EveryWrongFieldIsNamedBesideItselfAndKeepsWhatWasTyped) {
  std::map<std::string, std::string> wrong = {{"school_year", "2020-2022"}, {"term", "3"}, {"title", ""}, {"theme", std::string(300, 'x')}, {"visit_from", "2021-02-30"}, {"visit_to", "soon"},
                                              {"roster_due", ""}, {"upload_due", "2021年13月1日"}, {"photos_required", "3"}, {"team_min", "0"}, {"team_max", "all"}, {"per_class", "9"},
                                              {"issued_on", "2021-02-29"}, {"stages.0.from", "nie"}};
  Response page = office.post("/campaigns", plan(wrong));
  EXPECT_EQ(page.status, 422);
  for (const auto& [name, typed] : wrong) {
    std::string id = name == "stages.0.from" ? "stages-0-from" : name;
    EXPECT_THAT(beside(page, id), Not(::testing::IsEmpty())) << name;
    EXPECT_THAT(beside(page, id), Not(HasSubstr("not tied"))) << name;
    if (name != "term") {
      EXPECT_EQ(value_of(page, name), typed) << name;
    }
  }
  EXPECT_EQ(value_of(page, "id"), kId);
  EXPECT_THAT(page.body, HasSubstr("name=\"tentative\" value=\"yes\" checked"));
  EXPECT_TRUE(school.store->tables()["campaigns"].empty());
}

TEST_F(CampaignRoutes, DaysInTheWrongOrderAreRefused_S57) {
  Response page = office.post("/campaigns", plan({{"visit_to", "2021-01-22"}, {"upload_due", "2021-01-20"}, {"roster_due", "2021-01-25"}, {"team_min", "3"}, {"team_max", "2"}}));
  for (const char* field : {"visit_to", "roster_due", "team_max"}) EXPECT_THAT(beside(page, field), Not(::testing::IsEmpty())) << field;
}

TEST_F(CampaignRoutes, TheSamePlanTwiceIsOnePlan) {
  for (int time = 0; time < 3; ++time) EXPECT_EQ(location(office.post("/campaigns", plan())), "/shide/campaigns/" + std::string(kId)) << time;
  EXPECT_EQ(school.store->tables()["campaigns"].size(), 1u);
  EXPECT_EQ(school.store->tables()["basis_documents"].size(), 1u);
}

TEST_F(CampaignRoutes, AStaleEditShowsBothVersionsByField) {
  ASSERT_EQ(office.post("/campaigns", plan()).status, 303);
  ASSERT_EQ(office.post("/campaigns", plan({{"version", "1"}, {"theme", "家校同心"}})).status, 303);
  Response page = office.post("/campaigns", plan({{"version", "1"}, {"theme", "携手同行"}, {"basis.1.title", "区教育局的意见"}}));
  EXPECT_EQ(page.status, 412);
  EXPECT_THAT(beside(page, "theme"), ::testing::AllOf(HasSubstr("家校同心"), HasSubstr("携手同行")));
  EXPECT_THAT(beside(page, "basis-1-title"), HasSubstr("区教育局的意见"));
  EXPECT_EQ(beside(page, "title"), "");
  EXPECT_EQ(value_of(page, "version"), "2");
  EXPECT_EQ(value_of(page, "theme"), "携手同行");
  EXPECT_EQ(office.post("/campaigns", plan({{"version", "2"}, {"theme", "携手同行"}, {"basis.1.title", "区教育局的意见"}})).status, 303);
}

TEST_F(CampaignRoutes, AnAnnouncedPlanIsNotChangedUnnoticed) {
  ASSERT_EQ(office.post("/campaigns", plan()).status, 303);
  for (int time = 0; time < 2; ++time) EXPECT_EQ(office.post("/campaigns/" + std::string(kId) + "/announce", {}).status, 303);
  EXPECT_EQ(school.store->tables()["posts"].size(), 1u);
  Response late = office.post("/campaigns", plan({{"version", "1"}, {"theme", "携手同行"}}));
  EXPECT_EQ(late.status, 412);
  EXPECT_THAT(late.body, HasSubstr("携手同行"));
}

TEST_F(CampaignRoutes, AnIdThatIsNoneIsNotFoundAndADraftIsTheOfficesOwn) {
  EXPECT_EQ(office.post("/campaigns", plan({{"id", "1' OR '1'='1"}})).status, 404);
  ASSERT_EQ(office.post("/campaigns", plan()).status, 303);
  Browser teacher(application, school.ports, "0300");
  EXPECT_EQ(teacher.get("/campaigns/" + std::string(kId)).status, 404);
  EXPECT_TRUE(json::parse(teacher.get("/api/v1/campaigns").body)["items"].empty());
}

}  // namespace
}  // namespace shide::web
