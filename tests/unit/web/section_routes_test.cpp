// Posts from redacted text, under bad input and by two editors at once.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"
#include "workflow/post.h"
#include "workflow/section.h"

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

constexpr const char* kId = "018f0000-0000-7000-8000-0000000000e1";

class SectionRoutes : public ::testing::Test {
 protected:
  SectionRoutes() {
    school.start_visiting();
    school.finish_five();
  }

  Browser::Fields digest(const std::map<std::string, std::string>& changes = {}) const {
    std::map<std::string, std::string> fields = {{"id", kId}, {"version", "0"}, {"kind", "digest"}, {"grade", school.grade_group.value}, {"title", "先说优点"}, {"quote", ""},
                                                 {"body", "先说优点，家长才听得进不足。"}, {"source", "本站原创"}, {"act", "save"}};
    for (const auto& [name, value] : changes) fields[name] = value;
    Browser::Fields list(fields.begin(), fields.end());
    for (int i = 0; i < 5; ++i) list.emplace_back("visits", school.visits[i].value);
    return list;
  }
  std::string state() { return json::parse(office.api("POST", "/api/v1/posts/" + std::string(kId) + "/approve", "{}").body).value("state", ""); }

  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser editor{application, school.ports, "union_editor"};
  Browser office{application, school.ports, "student_office"};
  std::string post_path = "/editor/" + std::string(kId);
};

TEST_F(SectionRoutes, WrongFieldsOfAPostAreNamedAndTheDraftOnThePageIsKept) {
  Response page = editor.post("/editor", digest({{"title", std::string(90, 't')}, {"body", "丁小满把奖状贴在门后，电话13800000020。"}, {"source", std::string(50, 's')}}));
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(beside(page, "title"), Not(IsEmpty()));
  EXPECT_THAT(beside(page, "source"), Not(IsEmpty()));
  EXPECT_THAT(page.body, HasSubstr("丁小满把奖状贴在门后"));
  EXPECT_EQ(value_of(page, "id"), kId);
  Response named = editor.post("/editor", digest({{"body", "丁小满把奖状贴在门后，电话13800000020。"}}));
  EXPECT_EQ(named.status, 422);
  EXPECT_THAT(beside(named, "body"), Not(IsEmpty()));
  EXPECT_THAT(named.body, HasSubstr("value=\"" + school.visits[0].value + "\" checked"));
  EXPECT_EQ(school.store->tables()["posts"].size(), 1u) << "only the plan";
}

TEST_F(SectionRoutes, ADigestOfFourVisitsSaysSoBesideTheText_D1) {
  Browser::Fields few = digest();
  few.pop_back();
  Response page = editor.post("/editor", few);
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(beside(page, "body"), Not(IsEmpty()));
}

TEST_F(SectionRoutes, TheSamePostTwiceIsOne) {
  for (int time = 0; time < 3; ++time) EXPECT_EQ(location(editor.post("/editor", digest({{"act", "review"}}))), "/shide" + post_path) << time;
  EXPECT_EQ(school.store->tables()["posts"].size(), 2u);
  EXPECT_EQ(state(), "approved");
  EXPECT_EQ(location(editor.post("/editor", digest())), "/shide" + post_path) << "sent once more after the approval";
}

TEST_F(SectionRoutes, TwoOpenPagesShowBothVersionsByField) {
  ASSERT_EQ(editor.post("/editor", digest()).status, 303);
  EXPECT_EQ(office.post("/editor", digest({{"version", "1"}, {"title", "先听，再说"}})).status, 422) << "only the author writes";
  ASSERT_EQ(editor.post("/editor", digest({{"version", "1"}, {"title", "先听，再说"}})).status, 303);
  Response page = editor.post("/editor", digest({{"version", "1"}, {"title", "一起想办法"}}));
  EXPECT_EQ(page.status, 412);
  EXPECT_THAT(beside(page, "title"), ::testing::AllOf(HasSubstr("先听，再说"), HasSubstr("一起想办法")));
  EXPECT_EQ(value_of(page, "version"), "2");
  ASSERT_EQ(editor.post("/editor", digest({{"version", "2"}, {"title", "一起想办法"}, {"act", "review"}})).status, 303);
  ASSERT_EQ(state(), "approved");
  EXPECT_EQ(editor.post("/editor", digest({{"version", "2"}, {"title", "换一个题目"}})).status, 412);
}

TEST_F(SectionRoutes, AnActNobodyOffersChangesNothing) {
  ASSERT_EQ(editor.post("/editor", digest({{"act", "review"}})).status, 303);
  for (const char* act : {"", "publish", "withdraw "}) {
    EXPECT_EQ(office.post(post_path, {{"act", act}, {"reason", "不知道"}}).status, 422) << act;
  }
  Response silent = office.post(post_path, {{"act", "reject"}, {"reason", " "}});
  EXPECT_EQ(silent.status, 422);
  EXPECT_THAT(beside(silent, "reason"), Not(IsEmpty()));
  for (int time = 0; time < 2; ++time) EXPECT_EQ(office.post(post_path, {{"act", "reject"}, {"reason", "题目再想想"}}).status, 303);
  EXPECT_EQ(office.post(post_path, {{"act", "approve"}}).status, 422);
}

TEST_F(SectionRoutes, TheApiNamesWhatIsWrongAndTakesDownOnce) {
  std::string api = "/api/v1/posts/" + std::string(kId);
  ASSERT_EQ(editor.post("/editor", digest({{"act", "review"}})).status, 303);
  EXPECT_EQ(wrong_fields(office.api("POST", api + "/approve", R"({"school_decision":5,"by":"me"})")),
            (std::map<std::string, std::string>{{"school_decision", "field.want_text"}, {"by", "field.unknown"}}));
  EXPECT_EQ(wrong_fields(office.api("POST", api + "/withdraw", "{}")), (std::map<std::string, std::string>{{"reason", "field.empty"}}));
  EXPECT_EQ(wrong_fields(office.api("POST", api + "/withdraw", R"({"reason":"x"})")), (std::map<std::string, std::string>{{"reason", "field.too_short"}}));
  EXPECT_EQ(office.api("POST", api + "/withdraw", "[]").status, 422);
  for (int time = 0; time < 2; ++time) EXPECT_EQ(office.api("POST", api + "/withdraw", R"({"reason":"家长不放心"})").status, 200);
  EXPECT_EQ(office.api("POST", "/api/v1/posts/" + school.visits[0].value + "/withdraw", R"({"reason":"家长不放心"})").status, 404);
}

TEST_F(SectionRoutes, ARecordFiledAnewMeanwhileIsNotWrittenOver) {
  auto loaded = workflow::redacted_record(school.ports, school.office, {school.visits[1].value});
  ASSERT_TRUE(loaded);
  std::string at = "/staff/" + school.visits[1].value;
  Response stale = office.post(at, {{"version", "7"}, {"narrative", "换了一种说法。"}, {"reflection", loaded->reflection}, {"keep_reason", ""}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_THAT(stale.body, HasSubstr("换了一种说法。"));
  EXPECT_EQ(office.post(at, {{"version", "7"}, {"narrative", loaded->narrative}, {"reflection", loaded->reflection}}).status, 303) << "the same words";
  EXPECT_EQ(office.post(at, {{"version", "1"}, {"narrative", ""}, {"reflection", ""}}).status, 422);
  EXPECT_EQ(workflow::redacted_record(school.ports, school.office, {school.visits[1].value})->version, loaded->version);
}

TEST_F(SectionRoutes, AddressesMadeUpAreNotFound) {
  for (const char* path : {"/editor/compose?record=1", "/editor/compose?record=..%2f", "/editor/x", "/editor/018f0000-0000-7000-8000-0000000000ff/edit", "/staff/1"}) {
    EXPECT_EQ(editor.get(path).status, 404) << path;
  }
  EXPECT_EQ(editor.get("/editor/compose?kind=bomb&grade=nowhere").status, 200);
  EXPECT_EQ(editor.get("/staff?school_year=%27%3B--").status, 200);
}

}  // namespace
}  // namespace shide::web
