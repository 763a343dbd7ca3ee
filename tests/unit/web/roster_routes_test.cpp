// Choosing a pupil and making the teams, under bad input.
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
using testing::wrong_fields;
using ::testing::HasSubstr;
using ::testing::Not;

class RosterRoutes : public ::testing::Test {
 protected:
  RosterRoutes() { school.announce_campaign(); }

  std::string choose_path() const { return "/classes/" + school.classes[0].id.value + "/student"; }
  Browser::Fields choice(const std::string& student, const std::string& phone = "138 0000 0020") const {
    return {{"student_id", student}, {"gender", "2"}, {"guardian_name", "丁建平"}, {"relation", "father"}, {"phone", phone}, {"address", "青榆里3幢"},
            {"care_categories", "economic_hardship"}};
  }

  std::string roster_path() const { return "/rosters/" + school.roster.value; }
  std::string api_path() const { return "/api/v1/rosters/" + school.roster.value; }
  std::string team_field(int index) const { return "team." + school.classes[index].id.value; }
  /// Everybody with the colleague of the same number.
  Browser::Fields teams(const std::string& version, const std::string& act = "save") const {
    Browser::Fields fields = {{"version", version}, {"act", act}};
    for (int i = 0; i < TestSchool::kClasses; ++i) fields.emplace_back(team_field(i), school.companion[i].id.value);
    return fields;
  }
  std::string version() const { return std::to_string(json::parse(leader.get(api_path()).body)["version"].get<int>()); }

  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser teacher{application, school.ports, "0300"};
  Browser leader{application, school.ports, "0301"};
  Browser office{application, school.ports, "student_office"};
};

TEST_F(RosterRoutes, APupilOfAnotherClassIsRefusedBesideTheFieldAndTheRestIsKept_S23) {
  Response page = teacher.post(choose_path(), choice(school.students[2].id.value));
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(beside(page, "student_id"), HasSubstr("不在您的班里"));
  EXPECT_EQ(value_of(page, "guardian_name"), "丁建平");
  EXPECT_EQ(value_of(page, "phone"), "138 0000 0020");
  EXPECT_EQ(value_of(page, "address"), "青榆里3幢");
  EXPECT_THAT(page.body, HasSubstr("value=\"economic_hardship\" checked"));
  EXPECT_TRUE(school.store->tables()["visits"].empty());
}

TEST_F(RosterRoutes, EveryWrongFieldOfAChoiceIsNamedAtOnce) {
  Response page = teacher.post(choose_path(), {{"student_id", "1"}, {"gender", "9"}, {"guardian_name", " "}, {"relation", "neighbour"}, {"phone", "call me"},
                                               {"address", std::string(500, 'x')}, {"care_categories", "rich"}});
  EXPECT_EQ(page.status, 422);
  for (const char* field : {"student_id", "gender", "guardian_name", "relation", "phone", "address", "care_categories"}) {
    EXPECT_THAT(beside(page, field), Not(::testing::IsEmpty())) << field;
    EXPECT_THAT(beside(page, field), Not(HasSubstr("not tied"))) << field;
  }
}

TEST_F(RosterRoutes, TheSameChoiceTwiceIsOneVisitAndFullWidthDigitsAreRead) {
  for (int time = 0; time < 2; ++time) EXPECT_EQ(location(teacher.post(choose_path(), choice(school.students[0].id.value, "１３８００００００２０"))), "/shide/my");
  EXPECT_EQ(school.store->tables()["visits"].size(), 1u);
  EXPECT_EQ(school.store->tables()["guardians"].size(), 1u);
}

TEST_F(RosterRoutes, AClassOfSomebodyElseIsNotThere) {
  EXPECT_EQ(teacher.get("/classes/" + school.classes[1].id.value + "/student").status, 404);
  EXPECT_EQ(teacher.post("/classes/" + school.classes[1].id.value + "/student", choice(school.students[2].id.value)).status, 404);
}

TEST_F(RosterRoutes, ATeamOutsideTheBoundsIsToldInItsRowAndWhatWasChosenStays_S48) {
  school.choose_everywhere();
  Browser::Fields large = teams("1");
  large.emplace_back(team_field(0), school.companion[1].id.value);
  large.emplace_back(team_field(0), school.companion[2].id.value);
  Response page = leader.post(roster_path() + "/teams", large);
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(beside(page, team_field(0).replace(4, 1, "-")), HasSubstr("每组2到3人"));
  EXPECT_THAT(page.body, HasSubstr("href=\"#team-" + school.classes[0].id.value + "\""));
  EXPECT_THAT(page.body, HasSubstr("<option value=\"" + school.companion[3].id.value + "\" selected>"));
  EXPECT_EQ(version(), "1");
  Response alone = leader.post(roster_path() + "/teams", {{"version", "1"}, {team_field(0), ""}, {"act", "save"}});
  EXPECT_EQ(alone.status, 422);
}

TEST_F(RosterRoutes, TheSameTeamsTwiceGiveTheFirstAnswer) {
  school.choose_everywhere();
  for (int time = 0; time < 3; ++time) EXPECT_EQ(location(leader.post(roster_path() + "/teams", teams("1", "submit"))), "/shide" + roster_path()) << time;
  EXPECT_EQ(json::parse(leader.get(api_path()).body)["state"], "submitted");
}

TEST_F(RosterRoutes, AStaleSheetShowsBothTeamsByName) {
  school.choose_everywhere();
  ASSERT_EQ(leader.post(roster_path() + "/teams", teams("1")).status, 303);
  Browser::Fields other = teams("1");
  other[2].second = school.companion[5].id.value;
  other[7].second = school.companion[0].id.value;
  Response page = leader.post(roster_path() + "/teams", other);
  EXPECT_EQ(page.status, 412);
  std::string told = beside(page, team_field(0).replace(4, 1, "-"));
  EXPECT_THAT(told, HasSubstr(school.companion[0].name));
  EXPECT_THAT(told, HasSubstr(school.companion[5].name));
  EXPECT_EQ(leader.post(roster_path() + "/teams", {{"version", value_of(page, "version")}, {team_field(0), school.companion[0].id.value}}).status, 303);
}

TEST_F(RosterRoutes, TheOfficeSaysWhyItSendsBackOnceIsEnough_S56) {
  school.choose_everywhere();
  ASSERT_EQ(leader.post(roster_path() + "/teams", teams("1", "submit")).status, 303);
  Response page = office.post(roster_path() + "/decision", {{"act", "send_back"}, {"reason", ""}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(beside(page, "reason"), Not(::testing::IsEmpty()));
  for (int time = 0; time < 2; ++time) EXPECT_EQ(office.post(roster_path() + "/decision", {{"act", "send_back"}, {"reason", "三(5)班的电话少一位"}}).status, 303);
  EXPECT_EQ(office.post(roster_path() + "/decision", {{"act", "accept"}}).status, 422);
}

TEST_F(RosterRoutes, TheApiNamesWhatIsWrongInItsLines) {
  school.choose_everywhere();
  auto put = [&](const std::string& body, const std::string& tag = "\"1\"") { return leader.api("PUT", api_path(), body, {{"if-match", tag}}); };
  EXPECT_EQ(wrong_fields(put("{}")), (std::map<std::string, std::string>{{"lines", "field.empty"}}));
  EXPECT_EQ(wrong_fields(put(R"({"lines":{}})")), (std::map<std::string, std::string>{{"lines", "field.want_list"}}));
  EXPECT_EQ(wrong_fields(put(R"({"lines":[{"class_id":3,"teachers":["a",5]},{"teacher":[]}]})")),
            (std::map<std::string, std::string>{{"lines.0.class_id", "field.want_text"}, {"lines.0.teachers", "field.want_texts"}, {"lines.1.class_id", "field.empty"},
                                                {"lines.1.teacher", "field.unknown"}, {"lines.1.teachers", "field.empty"}}));
  EXPECT_EQ(wrong_fields(put(R"({"lines":[{"class_id":"nowhere","teachers":[]}]})")), (std::map<std::string, std::string>{{"lines", "roster.no_such_class"}}));
  std::string line = R"({"lines":[{"class_id":")" + school.classes[0].id.value + R"(","teachers":[")";
  EXPECT_EQ(wrong_fields(put(line + school.office.account.value + "\"]}]}"))[team_field(0)], "roster.stranger");
  EXPECT_EQ(put(line + school.companion[0].id.value + "\"]}]}", "\"7\"").status, 412);
  EXPECT_EQ(put(line + school.companion[0].id.value + "\"]}]}").status, 200);
  EXPECT_EQ(put(line + school.companion[0].id.value + "\"]}]}").status, 200);
  json sheet = json::parse(leader.get(api_path()).body);
  EXPECT_EQ(put(sheet.dump(), "\"" + version() + "\"").status, 422) << "classes without a team";
  EXPECT_EQ(leader.api("POST", api_path() + "/submit").status, 422);
}

TEST_F(RosterRoutes, ARosterOfAnotherGradeIsNotThere) {
  EXPECT_EQ(Browser(application, school.ports, "0302").get(roster_path()).status, 404);
  EXPECT_EQ(office.api("PUT", api_path(), R"({"lines":[]})", {{"if-match", "\"1\""}}).status, 405) << "the office reads it, the leader makes it";
}

}  // namespace
}  // namespace shide::web
