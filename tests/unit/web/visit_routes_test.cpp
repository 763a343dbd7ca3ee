// Annex 3 and what leads to it, under bad input: nothing typed is lost, nothing stands twice, nothing half.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"
#include "workflow/demand.h"

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
using ::testing::Not;

class VisitRoutes : public ::testing::Test {
 protected:
  VisitRoutes() {
    school.start_visiting();
    school.prepare(0);
    school.clock->advance(time_of(*make_date(2021, 1, 24), 20, 30) - school.clock->now());
  }

  std::string path() const { return "/visits/" + school.visits[0].value; }
  std::string api_path() const { return "/api/v1/records/" + school.visits[0].value; }

  /// The form as a browser sends it: every field of annex 3, `changes` over them.
  Browser::Fields form(const Browser::Fields& changes = {}) const {
    Browser::Fields fields = {{"version", "0"}, {"demand_id", "018f0000-0000-7000-8000-0000000000d1"}, {"visited_at", "2021年1月23日 15:00"}, {"mode", "home"},
                              {"narrative", "门后贴着三年的奖状。"}, {"topics", "policy"}, {"demand_text", ""}, {"demand_topic", "other"}, {"no_demand", "yes"},
                              {"photo_waiver", ""}, {"reflection", "周五发一条短信。"}, {"act", "save"}};
    for (const auto& [name, value] : changes) {
      for (auto& field : fields) {
        if (field.first == name) field.second = value;
      }
      if (std::none_of(fields.begin(), fields.end(), [&, key = name](const auto& field) { return field.first == key; })) fields.emplace_back(name, value);
    }
    return fields;
  }

  json record() const { return json::parse(writer.get(api_path()).body); }

  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser writer{application, school.ports, "0300"};
  Browser colleague{application, school.ports, "0301"};
};

/// The values of the radios and boxes of one name that are ticked on a page.
std::vector<std::string> ticked(const Response& page, const std::string& name) {
  std::vector<std::string> values;
  std::string opening = "name=\"" + name + "\" value=\"";
  for (std::size_t at = page.body.find(opening); at != std::string::npos; at = page.body.find(opening, at + 1)) {
    std::size_t from = at + opening.size(), end = page.body.find('"', from);
    if (page.body.compare(end, 10, "\" checked>") == 0) values.push_back(page.body.substr(from, end - from));
  }
  return values;
}

/// What stands on a page after `opening` up to `end`.
std::string between(const std::string& page, const std::string& opening, const std::string& end) {
  std::size_t from = page.find(opening);
  if (from == std::string::npos) return "";
  from += opening.size();
  return page.substr(from, page.find(end, from) - from);
}

// Sent again as the browser shows it, an opened page would otherwise wipe what a colleague ticked.
TEST_F(VisitRoutes, AnOpenedPageShowsTheChoicesThatAreStored) {
  ASSERT_EQ(writer.post(path(), form({{"mode", "phone"}, {"topics", "health"}})).status, 303);
  Response record = colleague.get(path());
  EXPECT_THAT(ticked(record, "mode"), ::testing::ElementsAre("phone"));
  EXPECT_THAT(ticked(record, "topics"), ::testing::ElementsAre("health"));
  Response arrangement = writer.get(path() + "/arrange");
  EXPECT_THAT(ticked(arrangement, "mode"), ::testing::ElementsAre("home"));
  EXPECT_THAT(ticked(arrangement, "means"), ::testing::ElementsAre("spoken"));
  EXPECT_THAT(ticked(arrangement, "photo_consent"), ::testing::ElementsAre("granted"));
}

TEST_F(VisitRoutes, AWrongDayIsSaidBesideItsFieldAndKeepsEveryWord) {
  for (const auto& [typed, said] : std::map<std::string, std::string>{{"2021-02-30 15:00", "没有这个时间"}, {"2021-01-25 15:00", "这一天还没到"}, {"昨天下午", "没有这个时间"}}) {
    Response page = writer.post(path(), form({{"visited_at", typed}, {"no_demand", ""}, {"demand_text", "课后服务能不能到六点？"}, {"demand_topic", "after_school"}}));
    EXPECT_EQ(page.status, 422);
    EXPECT_THAT(beside(page, "visited_at"), HasSubstr(said));
    EXPECT_EQ(value_of(page, "visited_at"), typed);
    for (const char* word : {"门后贴着三年的奖状。", "周五发一条短信。", "课后服务能不能到六点？"}) EXPECT_THAT(page.body, HasSubstr(word));
    EXPECT_THAT(page.body, HasSubstr("value=\"after_school\" selected"));
    EXPECT_EQ(value_of(page, "demand_id"), "018f0000-0000-7000-8000-0000000000d1");
  }
  EXPECT_EQ(record()["version"], 0);
  EXPECT_THAT(writer.post(path(), form({{"visited_at", "2021-02-30 15:00"}})).body, HasSubstr("name=\"no_demand\" value=\"yes\" checked"));
}

TEST_F(VisitRoutes, PhotosAreKeptWhenAnotherFieldIsRefused_S51) {
  Response page = writer.post(path(), form({{"visited_at", "2021-02-30 15:00"}}), {{"photo_1", "JPEG:desk"}, {"photo_2", "JPEG:lamp"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(page.body, HasSubstr("第1张 · 已存好"));
  EXPECT_THAT(page.body, HasSubstr("第2张 · 已存好"));
  Response mended = writer.post(path(), form({{"act", "submit"}}));
  EXPECT_EQ(location(mended), "/shide/my") << mended.body;
  EXPECT_EQ(record()["photos"].size(), 2u);
}

TEST_F(VisitRoutes, WhatIsNoPhotoIsSaidBesideItsSlotAndTheWordsAreKept_S109) {
  Response page = writer.post(path(), form(), {{"photo_1", "only text, named .jpg"}, {"photo_2", "JPEG:lamp"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(beside(page, "photo_1"), HasSubstr("这个文件不是照片"));
  EXPECT_EQ(record()["narrative"], "门后贴着三年的奖状。");
  EXPECT_EQ(record()["photos"].size(), 1u);
}

TEST_F(VisitRoutes, ThirteenMebibytesCostNobodyTheWords) {
  std::string large = "JPEG:" + std::string(13u << 20, 'x');
  Response page = writer.post(path(), form(), {{"photo_1", large}, {"photo_2", "JPEG:lamp"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(beside(page, "photo_1"), HasSubstr("12"));
  EXPECT_EQ(record()["narrative"], "门后贴着三年的奖状。");
  EXPECT_EQ(record()["photos"].size(), 1u);
  EXPECT_EQ(writer.api("PUT", api_path() + "/photos/1", large, {{"content-type", "image/jpeg"}}).status, 413);
  EXPECT_EQ(writer.post(path(), form(), {{"photo_1", large}, {"photo_2", large}}).status, 413);
}

TEST_F(VisitRoutes, AThirdPhotoIsRefusedAndACoVisitorsIsNeverWrittenOver_S51) {
  ASSERT_EQ(writer.post(path(), form(), {{"photo_1", "JPEG:desk"}}).status, 303);
  // The colleague's page was older: its first slot looked free.
  ASSERT_EQ(colleague.post(path(), form({{"version", "1"}}), {{"photo_1", "JPEG:lamp"}}).status, 303);
  json photos = record()["photos"];
  ASSERT_EQ(photos.size(), 2u);
  EXPECT_NE(photos[0]["sha256"], photos[1]["sha256"]);
  Response third = colleague.post(path(), form({{"version", "2"}}), {{"photo_1", "JPEG:door"}});
  EXPECT_EQ(third.status, 422);
  EXPECT_THAT(third.body, HasSubstr("一份记录2张照片"));
  EXPECT_EQ(record()["photos"], photos);
  EXPECT_EQ(wrong_fields(writer.api("PUT", api_path() + "/photos/3", "JPEG:door", {{"content-type", "image/jpeg"}}))["photo"], "record.third_photo");
}

TEST_F(VisitRoutes, APhotoThatIsTickedGoesAndAnotherTakesItsPlace_S51) {
  ASSERT_EQ(writer.post(path(), form(), {{"photo_1", "JPEG:desk"}, {"photo_2", "JPEG:lamp"}}).status, 303);
  std::string first = record()["photos"][0]["sha256"];
  Browser::Fields sent = form({{"version", "1"}, {"remove_photo", first}});
  ASSERT_EQ(writer.post(path(), sent, {{"photo_1", "JPEG:door"}}).status, 303);
  EXPECT_EQ(record()["photos"].size(), 2u);
  EXPECT_NE(record()["photos"][0]["sha256"], first);
  json after = record()["photos"];
  ASSERT_EQ(writer.post(path(), sent, {{"photo_1", "JPEG:door"}}).status, 303) << "sent twice";
  EXPECT_EQ(record()["photos"], after);
}

// The plan's fourth point, where it is needed: before the visit.
TEST_F(VisitRoutes, WhoPreparesFindsWhatTheVisitIsFor_S37_S38_S39_S40_S41) {
  std::string page = Browser(application, school.ports, "0302").get("/visits/" + school.visits[1].value + "/preparation").body;
  for (const char* point : {"综合表现", "共商：促进身心健康成长的方法和途径", "科学的家庭教育理念", "办学理念、办学特色", "教育政策"}) EXPECT_THAT(page, HasSubstr(point));
}

TEST_F(VisitRoutes, TheSameFormTwiceIsOneDemandAndOneHandingIn_S44) {
  Browser::Fields sent = form({{"no_demand", ""}, {"demand_text", "课后服务能不能到六点？"}, {"demand_topic", "after_school"}, {"act", "submit"}});
  Browser::Fields photos = {{"photo_1", "JPEG:desk"}, {"photo_2", "JPEG:lamp"}};
  for (int time = 0; time < 3; ++time) {
    Response answer = writer.post(path(), sent, photos);
    EXPECT_EQ(location(answer), "/shide/my") << time << answer.body.substr(0, 2000);
  }
  EXPECT_EQ(record()["demands"].size(), 1u);
  EXPECT_EQ(record()["state"], "submitted");
  EXPECT_EQ(record()["photos"].size(), 2u);
}

TEST_F(VisitRoutes, ADemandStoredBesideARefusedPhotoIsNotAskedForAgain) {
  Browser::Fields sent = form({{"no_demand", ""}, {"demand_text", "课后服务能不能到六点？"}, {"demand_topic", "after_school"}});
  Response page = writer.post(path(), sent, {{"photo_1", "only text"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_NE(value_of(page, "demand_id"), "018f0000-0000-7000-8000-0000000000d1");
  EXPECT_THAT(page.body, HasSubstr("“课后服务能不能到六点？”"));
  EXPECT_THAT(page.body, Not(HasSubstr("\n课后服务能不能到六点？</textarea>")));
}

TEST_F(VisitRoutes, AStaleEditShowsBothVersionsByFieldAndLetsAPersonChoose_S76) {
  ASSERT_EQ(writer.post(path(), form()).status, 303);
  Response page = colleague.post(path(), form({{"narrative", "同行的老师看到的是书架。"}}), {{"photo_1", "JPEG:shelf"}});
  EXPECT_EQ(page.status, 412);
  EXPECT_THAT(beside(page, "narrative"), HasSubstr("门后贴着三年的奖状。"));
  EXPECT_THAT(beside(page, "narrative"), HasSubstr("同行的老师看到的是书架。"));
  EXPECT_EQ(beside(page, "reflection"), "");
  EXPECT_THAT(page.body, HasSubstr("第1张 · 已存好"));
  EXPECT_EQ(value_of(page, "version"), "1");
  ASSERT_EQ(colleague.post(path(), form({{"version", value_of(page, "version")}, {"narrative", "奖状和书架。"}})).status, 303);
  EXPECT_EQ(record()["narrative"], "奖状和书架。");
}

TEST_F(VisitRoutes, TwoWhoOpenedThePageWriteDifferentFieldsIntoOneRecord_S76) {
  Response opened = colleague.get(path());
  ASSERT_EQ(writer.post(path(), form({{"seen", value_of(writer.get(path()), "seen")}, {"narrative", "门后贴着三年的奖状。"}, {"reflection", ""}})).status, 303);
  Response merged = colleague.post(path(), form({{"seen", value_of(opened, "seen")}, {"narrative", ""}, {"reflection", "周五发一条短信。"}, {"no_demand", "yes"}}));
  EXPECT_EQ(merged.status, 303) << merged.body;
  EXPECT_EQ(record()["narrative"], "门后贴着三年的奖状。");
  EXPECT_EQ(record()["reflection"], "周五发一条短信。");
}

TEST_F(VisitRoutes, WhoDidNotTouchTheAttendanceDoesNotUndoAColleaguesMark_S76_S48) {
  Response opened = colleague.get(path());
  Browser::Fields absent = form({{"team", "asked"}, {"absent", school.companion[0].id.value}, {"alone_reason", "同行老师临时有事"}});
  ASSERT_EQ(writer.post(path(), absent).status, 303);
  std::string seen = value_of(opened, "seen");
  ASSERT_EQ(writer.post(path(), form({{"seen", seen}, {"team", "asked"}, {"narrative", "门后贴着三年的奖状。"}})).status, 303);
  EXPECT_THAT(ticked(writer.get(path()), "absent"), ::testing::ElementsAre(school.companion[0].id.value));
}

TEST_F(VisitRoutes, AProgramSendsBackTheMarksItReadAndIsMerged_S76) {
  json mine = record(), theirs = mine;
  mine["narrative"] = "门后贴着三年的奖状。";
  theirs["reflection"] = "周五发一条短信。";
  ASSERT_EQ(writer.api("PUT", api_path(), mine.dump(), {{"if-match", "\"0\""}}).status, 200);
  Response merged = colleague.api("PUT", api_path(), theirs.dump(), {{"if-match", "\"0\""}});
  ASSERT_EQ(merged.status, 200) << merged.body;
  EXPECT_EQ(json::parse(merged.body)["narrative"], "门后贴着三年的奖状。");
  EXPECT_EQ(json::parse(merged.body)["reflection"], "周五发一条短信。");
  theirs["narrative"] = "书架。";
  Response asked = colleague.api("PUT", api_path(), theirs.dump(), {{"if-match", "\"0\""}});
  EXPECT_EQ(asked.status, 412);
  EXPECT_EQ(wrong_fields(asked), (std::map<std::string, std::string>{{"narrative", "field.both"}}));
}

// A cut connection, another person's sign-in, a pupil's page: the shell knows none of them.
TEST_F(VisitRoutes, TheShellOfThePagesKnowsNobody_S72) {
  Response shell = writer.get("/offline");
  EXPECT_EQ(shell.status, 200);
  EXPECT_THAT(shell.body, Not(HasSubstr("data-owner")));
  EXPECT_THAT(shell.body, Not(HasSubstr("name=\"csrf\"")));
  EXPECT_THAT(header_of(shell, "cache-control"), Not(HasSubstr("immutable")));
  Response record_page = writer.get(path());
  std::string worker = between(record_page.body, "data-worker=\"/shide", "\"");
  EXPECT_EQ(header_of(writer.get(worker.substr(0, worker.find('?'))), "service-worker-allowed"), "/shide/");
  EXPECT_EQ(header_of(writer.get("/assets/drafts.js"), "service-worker-allowed"), "");
}

TEST_F(VisitRoutes, DraftsOnADeviceAreKeptApartByWhoTypedThem_S76_D13) {
  auto owner = [&](Browser& browser) { return between(browser.get(path()).body, "data-owner=\"", "\""); };
  EXPECT_EQ(owner(writer).size(), 16u);
  EXPECT_EQ(owner(writer), owner(writer));
  EXPECT_NE(owner(writer), owner(colleague));
}

TEST_F(VisitRoutes, WordsThatComeAfterTheHandingInAreShownBesideTheStoredOnes) {
  ASSERT_EQ(writer.post(path(), form({{"act", "submit"}}), {{"photo_1", "JPEG:desk"}, {"photo_2", "JPEG:lamp"}}).status, 303);
  Response late = colleague.post(path(), form({{"version", "1"}, {"narrative", "同行的老师又补了一句。"}}));
  EXPECT_EQ(late.status, 412);
  EXPECT_THAT(late.body, HasSubstr("同行的老师又补了一句。"));
  EXPECT_THAT(late.body, HasSubstr("门后贴着三年的奖状。"));
  EXPECT_EQ(record()["narrative"], "门后贴着三年的奖状。");
}

TEST_F(VisitRoutes, OneAloneOnAnotherDayPreparedLateIsAcceptedWithAReasonInOneTapEach_D4) {
  Browser::Fields alone = form({{"visited_at", "2021-01-22 09:00"}, {"team", "asked"}, {"absent", school.companion[0].id.value}, {"photo_waiver", "家长不便拍照"}, {"act", "submit"}});
  Response asked = writer.post(path(), alone);
  EXPECT_EQ(asked.status, 422);
  for (const char* field : {"alone_reason", "outside_window_reason", "late_preparation_reason"}) EXPECT_THAT(beside(asked, field), HasSubstr("审阅的人会看到")) << field;
  auto tap = [&](const std::string& field) { return std::pair(field, std::string(text_of("record.usual." + field + "_1", Language::kChinese))); };
  alone = form({{"version", value_of(asked, "version")}, {"visited_at", "2021-01-22 09:00"}, {"team", "asked"}, {"absent", school.companion[0].id.value}, {"photo_waiver", "家长不便拍照"},
                {"act", "submit"}, tap("alone_reason"), tap("outside_window_reason"), tap("late_preparation_reason")});
  EXPECT_EQ(location(writer.post(path(), alone)), "/shide/my");
  Response review = Browser(application, school.ports, "student_office").get("/reviews/" + school.visits[0].value);
  EXPECT_EQ(review.status, 200);
  for (const char* field : {"alone_reason", "outside_window_reason", "late_preparation_reason"}) EXPECT_THAT(review.body, HasSubstr(tap(field).second));
}

TEST_F(VisitRoutes, OwnWordsAreAReasonToo) {
  ASSERT_EQ(writer.post(path(), form({{"visited_at", "2021-01-22 09:00"}})).status, 303);
  ASSERT_EQ(writer.post(path(), form({{"version", "1"}, {"visited_at", "2021-01-22 09:00"}, {"outside_window_reason_words", "孩子的奶奶那天出院"}})).status, 303);
  EXPECT_EQ(record()["outside_window_reason"], "孩子的奶奶那天出院");
  EXPECT_THAT(writer.get(path()).body, HasSubstr("value=\"孩子的奶奶那天出院\""));
}

TEST_F(VisitRoutes, ANulThatCameWithPastedTextIsDroppedAndBrokenBytesAreRefusedByName) {
  ASSERT_EQ(writer.post(path(), form({{"narrative", std::string("奖\0状", 7)}})).status, 303);
  EXPECT_EQ(record()["narrative"], "奖状");
  Response broken = writer.post(path(), form({{"version", "1"}, {"narrative", "\xed\xa0\x80"}}), {{"photo_1", ""}});
  EXPECT_EQ(broken.status, 422);
  EXPECT_EQ(record()["version"], 1);
}

TEST_F(VisitRoutes, TwoTeachersPreparingLoseNothing_S71) {
  std::string at = "/visits/" + school.visits[1].value + "/preparation";
  Browser first(application, school.ports, "0302"), second(application, school.ports, "0303");
  ASSERT_EQ(first.post(at, {{"version", "0"}, {"preparation", "先问作息。"}, {"act", "save"}}).status, 303);
  Response stale = second.post(at, {{"version", "0"}, {"preparation", "先问功课。"}, {"act", "save"}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_THAT(beside(stale, "preparation"), HasSubstr("先问作息。"));
  EXPECT_THAT(stale.body, HasSubstr("先问功课。</textarea>"));
  EXPECT_EQ(second.post(at, {{"version", "0"}, {"preparation", "先问作息。"}, {"act", "seal"}}).status, 303);
  Response sealed = first.post(at, {{"version", "1"}, {"preparation", "再问一句。"}, {"act", "save"}});
  EXPECT_EQ(sealed.status, 412);
  EXPECT_THAT(sealed.body, HasSubstr("再问一句。"));
  EXPECT_EQ(first.post(at, {{"version", "1"}, {"preparation", ""}, {"act", "seal"}}).status, 422);
}

TEST_F(VisitRoutes, AnAppointmentIsRefusedFieldByField_S90) {
  Response page = writer.post(path() + "/arrange", {{"at", "2021-02-30 15:00"}, {"mode", "helicopter"}, {"record_consent", "granted"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_EQ(value_of(page, "at"), "2021-02-30 15:00");
  EXPECT_THAT(beside(page, "at"), Not(::testing::IsEmpty()));
  EXPECT_THAT(beside(page, "mode"), Not(::testing::IsEmpty()));
}

TEST_F(VisitRoutes, AnotherAppointmentOfAColleagueIsNotWrittenOver_S90) {
  Browser::Fields typed = {{"version", "1"}, {"at", "2021-01-24 10:00"}, {"mode", "phone"}, {"means", "spoken"}};
  Response page = colleague.post(path() + "/arrange", typed);
  EXPECT_EQ(page.status, 412);
  EXPECT_THAT(beside(page, "at"), ::testing::AllOf(HasSubstr("2021-01-23 15:00"), HasSubstr("2021-01-24 10:00")));
  EXPECT_THAT(beside(page, "mode"), HasSubstr(std::string(text_of("visit_mode.phone", Language::kChinese))));
  typed[0].second = value_of(page, "version");
  EXPECT_EQ(colleague.post(path() + "/arrange", typed).status, 303);
}

TEST_F(VisitRoutes, AFamilyThatSaidNoToPhotosIsAskedForNone_D7) {
  ASSERT_EQ(writer.post(path() + "/arrange", {{"at", "2021-01-23 15:00"}, {"mode", "home"}, {"record_consent", "granted"}, {"photo_consent", "refused"}, {"means", "spoken"}}).status, 303);
  EXPECT_EQ(location(writer.post(path(), form({{"act", "submit"}}))), "/shide/my");
}

TEST_F(VisitRoutes, AGiftIsReportedOnceHoweverOftenItIsSent_S97) {
  Response page = writer.get(path() + "/gift");
  Browser::Fields told = {{"report_id", value_of(page, "report_id")}, {"text", "家长留饭，谢绝了。"}};
  for (int time = 0; time < 2; ++time) EXPECT_EQ(location(writer.post(path() + "/gift", told)), "/shide/my");
  EXPECT_EQ(school.store->tables()["gift_reports"].size(), 1u);
  EXPECT_EQ(writer.post(path() + "/gift", {{"report_id", value_of(page, "report_id")}, {"text", "另外一件事。"}}).status, 409);
  Response empty = writer.post(path() + "/gift", {{"report_id", "018f0000-0000-7000-8000-0000000000f1"}, {"text", " "}});
  EXPECT_EQ(empty.status, 422);
  EXPECT_EQ(value_of(empty, "report_id"), "018f0000-0000-7000-8000-0000000000f1");
}

TEST_F(VisitRoutes, AnAnswerThatIsNotOfferedChangesNothing) {
  school.write_record(0);
  auto before = school.store->tables()["demands"];
  std::string demand = before.begin()->first;
  EXPECT_EQ(writer.post("/demands/" + demand + "/carried", {{"reply", "delighted"}}).status, 422);
  EXPECT_EQ(writer.post(path() + "/answer", {{"answer", "recorded"}}).status, 422);
  EXPECT_EQ(writer.post(path() + "/publish-consent", {{"answer", "perhaps"}}).status, 422);
  EXPECT_EQ(school.store->tables()["demands"], before);
}

// ── the record API ──

TEST_F(VisitRoutes, TheApiNamesEveryFieldThatIsWrong) {
  Response wrong = writer.api("PUT", api_path(), R"({"visited_at":"2021-02-30 15:00","mode":"rocket","narrative":5,"topics":"policy","no_demand":"yes",
      "demands":[{"text":"x"},7,{"text":"y","topic":"other","wish":1}],"narative":"typo"})", {{"if-match", "\"0\""}});
  EXPECT_EQ(wrong.status, 422);
  EXPECT_EQ(header_of(wrong, "content-type"), "application/problem+json; charset=utf-8");
  EXPECT_EQ(wrong_fields(wrong), (std::map<std::string, std::string>{{"narrative", "field.want_text"}, {"topics", "field.want_texts"}, {"no_demand", "field.want_flag"},
                                                                     {"demands.1", "form.json_object"}, {"demands.2.wish", "field.unknown"}, {"narative", "field.unknown"}}));
  Response values = writer.api("PUT", api_path(), R"({"visited_at":"2021-01-25 15:00","mode":"rocket","topics":["policy","x"],"demands":[{"text":"x","heard_at":"2022-01-01 10:00"}]})",
                               {{"if-match", "\"0\""}});
  EXPECT_EQ(wrong_fields(values), (std::map<std::string, std::string>{{"visited_at", "record.day_not_yet"}, {"mode", "field.not_offered"}, {"topics", "field.not_offered"},
                                                                      {"demands.0.topic", "demand.topic_missing"}, {"demands.0.heard_at", "demand.heard_late"}}));
  EXPECT_EQ(record()["version"], 0);
}

TEST_F(VisitRoutes, TheApiRefusesWhatIsNoJsonBeforeAnythingIsRead) {
  auto put = [&](const std::string& body, const std::string& type = "application/json") { return writer.api("PUT", api_path(), body, {{"if-match", "\"0\""}, {"content-type", type}}); };
  auto code = [](const Response& response) { return json::parse(response.body)["code"].get<std::string>(); };
  EXPECT_EQ(code(put(R"({"narrative":"\ud800"})")), "json.unreadable");
  EXPECT_EQ(code(put("{\"narrative\":\"\xed\xa0\x80\"}")), "json.not_utf8");
  EXPECT_EQ(code(put(R"({"narrative":"a\u0000b"})")), "json.not_utf8");
  EXPECT_EQ(code(put(R"({"narrative":"a","narrative":"b"})")), "json.duplicate_key");
  EXPECT_EQ(code(put(std::string(70, '[') + std::string(70, ']'))), "json.too_deep");
  EXPECT_EQ(code(put("[]")), "error.invalid");
  EXPECT_EQ(code(put("")), "json.unreadable");
  EXPECT_EQ(put("{}", "text/plain").status, 415);
  EXPECT_EQ(put("{\"narrative\":\"" + std::string(600 * 1024, 'x') + "\"}").status, 413);
  EXPECT_EQ(record()["version"], 0);
}

TEST_F(VisitRoutes, TheApiAsksForTheVersionThatWasSeen) {
  EXPECT_EQ(wrong_fields(writer.api("PUT", api_path(), "{}")), (std::map<std::string, std::string>{{"If-Match", "form.if_match"}}));
  for (const char* tag : {"3", "\"\"", "W/\"0\"", "\"zero\"", "*", "\"0\", \"1\"", "\"99999999999999999999\""}) {
    EXPECT_EQ(writer.api("PUT", api_path(), "{}", {{"if-match", tag}}).status, 422) << tag;
  }
  ASSERT_EQ(writer.api("PUT", api_path(), R"({"narrative":"奖状"})", {{"if-match", "\"0\""}}).status, 200);
  Response stale = colleague.api("PUT", api_path(), R"({"narrative":"书架"})", {{"if-match", "\"0\""}});
  EXPECT_EQ(stale.status, 412);
  EXPECT_THAT(json::parse(stale.body)["fields"][0]["message"].get<std::string>(), ::testing::AllOf(HasSubstr("奖状"), HasSubstr("书架")));
  EXPECT_EQ(colleague.api("PUT", api_path(), R"({"narrative":"书架"})", {{"if-match", "\"-1\""}}).status, 412);
}

TEST_F(VisitRoutes, WhatTheApiGaveCanBeSentBackAsItCame) {
  ASSERT_EQ(writer.post(path(), form({{"no_demand", ""}, {"demand_text", "课后服务能不能到六点？"}, {"demand_topic", "after_school"}})).status, 303);
  json before = record();
  Response again = writer.api("PUT", api_path(), before.dump(), {{"if-match", "\"1\""}});
  EXPECT_EQ(again.status, 200) << again.body;
  json after = json::parse(again.body);
  EXPECT_EQ(after["demands"], before["demands"]);
  EXPECT_EQ(after["narrative"], before["narrative"]);
  EXPECT_EQ(header_of(again, "etag"), "\"2\"");
}

TEST_F(VisitRoutes, AnIdOfTheClientIsOneDemandAndNeverTwoVisits) {
  std::string body = R"({"narrative":"奖状","demands":[{"id":"018f0000-0000-7000-8000-0000000000d2","text":"课后服务","topic":"after_school"}]})";
  ASSERT_EQ(writer.api("PUT", api_path(), body, {{"if-match", "\"0\""}}).status, 200);
  EXPECT_EQ(writer.api("PUT", api_path(), body, {{"if-match", "\"0\""}}).status, 200);
  EXPECT_EQ(record()["demands"].size(), 1u);
  Browser elsewhere(application, school.ports, "0302");
  Response stolen = elsewhere.api("PUT", "/api/v1/records/" + school.visits[1].value, body, {{"if-match", "\"0\""}});
  EXPECT_EQ(stolen.status, 409);
  EXPECT_EQ(json::parse(elsewhere.get("/api/v1/records/" + school.visits[1].value).body)["version"], 0);
  std::string many = R"({"demands":[)";
  for (int i = 0; i < 11; ++i) many += std::string(i ? "," : "") + R"({"text":"x","topic":"other"})";
  EXPECT_EQ(wrong_fields(writer.api("PUT", api_path(), many + "]}", {{"if-match", "\"2\""}}))["demands"], "demand.too_many");
}

TEST_F(VisitRoutes, ADemandThatSomebodyAnswersIsNotRewordedUnnoticed) {
  school.write_record(0);
  std::string id = school.store->tables()["demands"].begin()->first;
  ASSERT_TRUE(workflow::assign_demand(school.ports, school.office, {id}, "总务处"));
  json body = record();
  body["demands"][0]["text"] = "课后服务到七点？";
  Response late = writer.api("PUT", api_path(), body.dump(), {{"if-match", std::string(header_of(writer.get(api_path()), "etag"))}});
  EXPECT_EQ(late.status, 412);
  EXPECT_EQ(json::parse(late.body)["code"], "demand.with_owner");
}

TEST_F(VisitRoutes, AVisitOfAnotherTeamAnswersExactlyAsOneThatIsNotThere_R14) {
  Browser stranger(application, school.ports, "0305");
  std::string other = school.visits[0].value, nobody = "018f0000-0000-7000-8000-000000000000";
  auto without_id = [](std::string text, const std::string& id) {
    for (std::size_t at; (at = text.find(id)) != std::string::npos;) text.erase(at, id.size());
    return text;
  };
  for (const char* pattern : {"/visits/", "/api/v1/records/"}) {
    Response real = stranger.get(pattern + other), none = stranger.get(pattern + nobody);
    EXPECT_EQ(real.status, 404);
    EXPECT_EQ(none.status, 404);
    EXPECT_EQ(without_id(real.body, other), without_id(none.body, nobody));
  }
  EXPECT_EQ(stranger.post("/visits/" + other, form(), {{"photo_1", "JPEG:desk"}}).status, 404);
  EXPECT_TRUE(school.store->tables()["visit_photos"].empty());
}

}  // namespace
}  // namespace shide::web
