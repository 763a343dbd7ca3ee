// From an empty installation to an announced campaign with a chosen pupil, with nothing but a browser: what a school does in its
// first hour, page by page. Each person signs in with a slip and chooses a password of their own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>

#include "support/visitor.h"
#include "support/empty_house.h"
#include "web/session.h"
#include "workflow/first_administrator.h"

namespace shide::web {
namespace {

using testing::Visitor;
using testing::TypedFields;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kAdministratorsPassword = "Correct horse 9";

TypedFields campaign_fields() {
  return {{"school_year", "2020-2021"}, {"term", "1"}, {"title", "青榆小学百名教师“大走访”活动实施方案"}, {"theme", "牵手千家万户，共助学生成长"},
          {"visit_from", "2021-01-23"}, {"visit_to", "2021-01-24"}, {"roster_due", "2021-01-20"}, {"upload_due", "2021-01-29"},
          {"photos_required", "2"}, {"team_min", "2"}, {"team_max", "3"}, {"homeroom_counts", "yes"}, {"per_class", "1"},
          {"basis.0.title", "云陵市教育局关于“大家访”活动的通知"}, {"stages.0.title", "学校宣讲"}, {"stages.0.to", "2021-01-13"},
          {"issued_by", "云陵市桐湖区青榆小学"}, {"plan_text", "一、活动主题"}};
}

class FirstCampaign : public ::testing::Test {
 protected:
  /// What a page holds between two texts, the first time.
  static std::string between(const std::string& body, const std::string& before, const std::string& after) {
    std::size_t begin = body.find(before);
    if (begin == std::string::npos) return "missing: " + before;
    begin += before.size();
    return body.substr(begin, body.find(after, begin) - begin);
  }
  /// The path below the mount of the link whose words are these.
  static std::string link_to(const std::string& body, const std::string& words) {
    std::smatch found;
    bool has = std::regex_search(body, found, std::regex("href=\"/shide(/[^\"]*)\">" + words + "</a>"));
    return has ? found[1].str() : "missing: " + words;
  }
  /// The value of the option that shows these words.
  static std::string option_of(const std::string& body, const std::string& words) {
    std::smatch found;
    bool has = std::regex_search(body, found, std::regex("<option value=\"([^\"]*)\"[^>]*>" + words));
    return has ? found[1].str() : "missing: " + words;
  }
  static std::string where(const Response& response) { return std::string(header_of(response, "location")); }

  void set_up_school() {
    std::string path = "/setup/" + *workflow::offer_setup(house.ports);
    admin.open(path);
    Response done = admin.send(path, {{"school_name", "云陵市桐湖区青榆小学"}, {"short_name", "青榆小学"}, {"site_name", "工会网"}, {"section_name", "师德师风活动"},
                                      {"name", "卓越"}, {"login", "zhuoyue"}, {"password", kAdministratorsPassword}});
    ASSERT_EQ(where(done), "/shide/begin") << done.body;
  }

  std::string slip_for(const std::string& name) {
    std::string person = link_to(admin.open("/people").body, name);
    admin.open(person);
    Response slip = admin.send(person + "/slip", {});
    EXPECT_EQ(slip.status, 200) << person;
    EXPECT_EQ(header_of(slip, "cache-control"), "no-store");
    return between(slip.body, "<b class=\"secret\">", "</b>");
  }

  void enter(Visitor& browser, const std::string& name, const std::string& login) {
    std::string temporary = slip_for(name), own = "My own words 1 " + login;
    browser.open("/login");
    ASSERT_EQ(where(browser.send("/login", {{"login", login}, {"password", temporary}})), "/shide/password") << name;
    browser.open("/password");
    ASSERT_EQ(where(browser.send("/password", {{"current", temporary}, {"password", own}})), "/shide/login") << name;
    browser.open("/login");
    ASSERT_EQ(browser.send("/login", {{"login", login}, {"password", own}}).status, 303) << name;
  }

  void add_people() {
    admin.open("/people/new");
    ASSERT_EQ(admin.send("/people", {{"name", "林婉如"}, {"login", "linwanru"}, {"roles", "student_office"}}).status, 303);
    admin.open("/people/lines");
    ASSERT_EQ(where(admin.send("/people/lines", {{"lines", "沈若楠 0301 语文\n周静宜 0302 数学\n俞海燕 0303 英语"}})), "/shide/people");
  }

  void enter_order() {
    std::string page = office.open("/grade-groups/new").body;
    ASSERT_EQ(where(office.send("/grade-groups", {{"name", "三年级组"}, {"kind", "grade"}, {"grade", "3"}, {"leader_id", option_of(page, "周静宜")},
                                                  {"member_ids", option_of(page, "沈若楠")}, {"member_ids", option_of(page, "俞海燕")}})), "/shide/classes");
    page = office.open("/classes/new").body;
    Response made = office.send("/classes", {{"name", "三（1）班"}, {"grade_group_id", option_of(page, "三年级组")}, {"homeroom_teacher_id", option_of(page, "沈若楠")}});
    ASSERT_EQ(made.status, 303) << made.body;
    class_path = where(made).substr(std::string("/shide").size());
    office.open(class_path);
    Response pasted = office.send(class_path + "/register", {{"students", "丁小满 1001\n王思源 1002\n周可欣"}});
    ASSERT_EQ(pasted.status, 200);
    EXPECT_THAT(pasted.body, HasSubstr("新增3名"));
  }

  void announce() {
    office.open("/campaigns/new");
    Response saved = office.send("/campaigns", campaign_fields());
    ASSERT_EQ(saved.status, 303) << saved.body;
    campaign_path = where(saved).substr(std::string("/shide").size());
    office.open(campaign_path);
    ASSERT_EQ(office.send(campaign_path + "/announce", {}).status, 303);
  }

  testing::EmptyHouse house{time_of(*make_date(2021, 1, 13), 9)};
  Application application{house.ports, {}};
  Visitor admin{application}, office{application}, homeroom{application}, leader{application}, stranger{application};
  std::string class_path, campaign_path;
};

TEST_F(FirstCampaign, NeedsNothingButABrowser) {
  ASSERT_NO_FATAL_FAILURE(set_up_school());
  ASSERT_NO_FATAL_FAILURE(add_people());
  ASSERT_NO_FATAL_FAILURE(enter(office, "林婉如", "linwanru"));
  ASSERT_NO_FATAL_FAILURE(enter_order());
  ASSERT_NO_FATAL_FAILURE(announce());
  EXPECT_THAT(stranger.open("/").body, HasSubstr("牵手千家万户"));

  ASSERT_NO_FATAL_FAILURE(enter(homeroom, "沈若楠", "0301"));
  std::string page = homeroom.open(class_path + "/student").body;
  Response chosen = homeroom.send(class_path + "/student", {{"student_id", option_of(page, "丁小满")}, {"gender", "2"}, {"guardian_name", "丁建平"},
                                                            {"relation", "father"}, {"phone", "13800000020"}});
  EXPECT_EQ(chosen.status, 303) << chosen.body;

  ASSERT_NO_FATAL_FAILURE(enter(leader, "周静宜", "0302"));
  std::string roster = where(leader.open("/rosters")).substr(std::string("/shide").size());
  EXPECT_THAT(leader.open(roster).body, HasSubstr("丁小满"));
  for (const std::string& path : {std::string("/people"), std::string("/campaigns"), campaign_path, class_path, roster}) {
    EXPECT_THAT(admin.open(path).body, Not(HasSubstr("丁小满"))) << path;
  }
}

TEST_F(FirstCampaign, WhatIsTypedWrongOnTheWayStaysInItsForm) {
  ASSERT_NO_FATAL_FAILURE(set_up_school());
  admin.open("/people/lines");
  Response refused = admin.send("/people/lines", {{"lines", "沈若楠 0301\n周静宜"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("第2行：还没有写。"));
  EXPECT_THAT(refused.body, HasSubstr("沈若楠 0301\n周静宜</textarea>"));
  EXPECT_THAT(admin.open("/people").body, Not(HasSubstr("沈若楠")));
  ASSERT_NO_FATAL_FAILURE(add_people());
  std::string person = link_to(admin.open("/people").body, "沈若楠");
  admin.open(person);
  refused = admin.send(person, {{"name", "沈若楠"}, {"login", "zhuoyue"}, {"staff_number", "0301"}, {"roles", "teacher"}, {"version", "1"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("value=\"zhuoyue\""));
  ASSERT_NO_FATAL_FAILURE(enter(office, "林婉如", "linwanru"));
  ASSERT_NO_FATAL_FAILURE(enter_order());
  office.open(class_path);
  refused = office.send(class_path + "/register", {{"students", "许诺\n许诺"}, {"whole", "yes"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("许诺\n许诺</textarea>"));
  EXPECT_THAT(refused.body, HasSubstr("selected>三年级组"));
}

TEST_F(FirstCampaign, BeforeThereIsOneItsPagesLeadToThePlans) {
  ASSERT_NO_FATAL_FAILURE(set_up_school());
  ASSERT_NO_FATAL_FAILURE(add_people());
  ASSERT_NO_FATAL_FAILURE(enter(office, "林婉如", "linwanru"));
  for (const char* path : {"/overview", "/rosters", "/reviews"}) EXPECT_EQ(where(office.open(path)), "/shide/campaigns") << path;
  EXPECT_THAT(office.open("/campaigns").body, HasSubstr("href=\"/shide/campaigns/new\""));
}

TEST_F(FirstCampaign, EveryWordOfTheBarOpensAPage) {
  ASSERT_NO_FATAL_FAILURE(set_up_school());
  ASSERT_NO_FATAL_FAILURE(add_people());
  ASSERT_NO_FATAL_FAILURE(enter(office, "林婉如", "linwanru"));
  ASSERT_NO_FATAL_FAILURE(enter(homeroom, "沈若楠", "0301"));
  static const std::regex kWord("<li[^>]*><a href=\"/shide(/[a-z/-]*)\"");
  for (Visitor* browser : {&admin, &office, &homeroom}) {
    std::string page = browser->open("/campaigns").body;
    int words = 0;
    for (std::sregex_iterator word(page.begin(), page.end(), kWord), end; word != end; ++word, ++words) {
      EXPECT_LT(browser->open((*word)[1].str()).status, 400) << (*word)[1].str();
    }
    EXPECT_GE(words, 2);
  }
}

TEST_F(FirstCampaign, TheLastAdministratorCannotBeLockedOut) {
  ASSERT_NO_FATAL_FAILURE(set_up_school());
  std::string people = admin.open("/people").body;
  std::string self = link_to(people.substr(people.find("<main")), "卓越");
  admin.open(self);
  Response refused = admin.send(self + "/access", {{"act", "disable"}});
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr(std::string(text_of("people.last_administrator", Language::kChinese))));
  EXPECT_THAT(refused.body, HasSubstr("value=\"it_admin\" checked"));
}

}  // namespace
}  // namespace shide::web
