// What people type is shown as they typed it, on every page, and is never markup, script or an address of anybody else's.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/text.h"
#include "support/browser.h"
#include "support/source_dir.h"
#include "support/test_school.h"
#include "web/session.h"
#include "workflow/campaign.h"
#include "workflow/demand.h"
#include "workflow/job.h"
#include "workflow/record.h"
#include "workflow/roster.h"
#include "workflow/visit.h"

namespace shide::web {
namespace {

using testing::Browser;
using testing::TestSchool;
using ::testing::HasSubstr;
using ::testing::Not;

/// The lines of tests/golden/markup.
std::vector<std::string> payloads() {
  std::ifstream file(test::source_dir() / "tests/golden/markup/payloads.txt");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

void expect_harmless(const std::string& body, const std::string& shape, const std::string& where) {
  for (const char* alive : {"<brand", "<script>", "<img/", "<img src=x", "<svg/", "<!--brand", "<base", "<iframe", "<style", "onfocus=\"brand", "onmouseover='brand", "href=\"javascript", "</title><brand"}) {
    EXPECT_THAT(body, Not(HasSubstr(alive))) << where;
  }
  if (shape.find_first_of("<\"") != std::string::npos) {
    EXPECT_THAT(body, Not(HasSubstr(shape))) << where;
  }
}

class TypedText : public ::testing::TestWithParam<std::string> {
 protected:
  /// Through every verb that keeps words of a person.
  void type_everywhere(const std::string& shape) {
    const std::string brief(first_characters(shape, 40));  // what fits into a line for a name
    visit::CampaignForm plan = TestSchool::plan();
    plan.title = plan.theme = plan.source = plan.issued_by = plan.other_title = plan.tentative_note = plan.stages[0].title = plan.basis[0].title = brief;
    plan.purpose = plan.plan_text = plan.stages[0].description = shape;
    auto saved = workflow::save_campaign(school.ports, school.office, {}, 0, plan);
    ASSERT_TRUE(saved) << saved.error().problems.front().path;
    ASSERT_TRUE(workflow::announce_campaign(school.ports, school.office, saved->id));
    school.campaign = saved->id;
    school.roster = workflow::roster_sheets(school.ports, school.office, saved->id)->front().roster.id;
    school.choose_everywhere();
    school.hand_in_roster();
    school.prepare(1);
    model::Actor teacher = school.as(school.homeroom[1]);
    school.clock->advance(time_of(*make_date(2021, 1, 24), 20, 30) - school.clock->now());
    visit::RecordForm form = TestSchool::full_form(shape);
    form.reflection = form.alone_reason = form.outside_window_reason = form.late_preparation_reason = form.photo_waiver = shape;
    form.no_demand = false;
    ASSERT_TRUE(workflow::save_record(school.ports, teacher, school.visits[1], 0, form, {{"", shape, "other", "", shape, false}}));
    ASSERT_TRUE(workflow::confirm_record(school.ports, teacher, school.visits[1]));
    ASSERT_TRUE(workflow::report_gift(school.ports, teacher, school.visits[1], {new_uuid(school.clock->now())}, shape));
    school.submit(1);
    demand = school.store->tables()["demands"].begin()->first;
    ASSERT_TRUE(workflow::review_record(school.ports, school.leader(), school.visits[1], {false, shape, "", ""}));
    look_everywhere(shape);
    school.submit(1);
    school.accept(1);
    school.run_jobs();
    ASSERT_TRUE(workflow::assign_demand(school.ports, school.office, {demand}, brief));
    ASSERT_TRUE(workflow::answer_demand(school.ports, school.office, {demand}, shape));
    workflow::RectificationForm item{new_uuid(school.clock->now()), demand, shape, shape, shape, "student_office", "2021-03-01"};
    ASSERT_TRUE(workflow::open_rectification(school.ports, school.head, item));
    ASSERT_TRUE(workflow::submit_rectification(school.ports, school.office, {item.id}, shape));
    rename_school(shape);
    look_everywhere(shape);
  }

  void rename_school(const std::string& shape) {
    auto renamed = school.ports.store->transact(workflow::job_actor(school.school_id, "set_up"), "set_up", [&](ports::Unit& unit) -> Result<void> {
      SHIDE_TRY(row, unit.of<model::School>().load(school.school_id));
      row.name = row.short_name = row.site_name = row.section_name = row.site_url = shape;
      row.breadcrumb = shape + "|" + shape;
      SHIDE_CHECK(unit.of<model::School>().save(row));
      return unit.audit(row, "name");
    });
    ASSERT_TRUE(renamed.ok());
  }

  std::string fill(std::string pattern) const {
    std::string id = school.visits[1].value;
    if (pattern.find("/rosters/") != std::string::npos) id = school.roster.value;
    if (pattern.find("/campaigns/") != std::string::npos) id = school.campaign.value;
    if (pattern.find("/classes/") != std::string::npos) id = school.classes[1].id.value;
    if (pattern.find("/demands/") != std::string::npos) id = demand;
    if (pattern.find("/posts/") != std::string::npos) id = school.store->tables()["posts"].begin()->first;
    for (const auto& [name, value] : std::map<std::string, std::string>{{"{id}", id}, {"{slot}", "1"}, {"{name}", "look.css"}, {"{staff}", "0302"}, {"{staff_number}", "0302"}}) {
      if (auto at = pattern.find(name); at != std::string::npos) pattern.replace(at, name.size(), value);
    }
    return pattern;
  }

  void look_everywhere(const std::string& shape) {
    for (const char* login : {"", "0302", "0301", "student_office", "union_editor", "head", "ethics_committee", "hr"}) {
      Browser reader(application, school.ports, login);
      for (const Route& route : application.routes()) {
        if (route.method != Method::kGet || route.pattern.starts_with("/assets/")) continue;
        Response page = reader.get(fill(route.pattern));
        EXPECT_LT(page.status, 500) << route.pattern << " by " << login;
        std::string_view type = header_of(page, "content-type");
        if (type.starts_with("text/html") || type.starts_with("application/atom+xml")) expect_harmless(page.body, shape, route.pattern);
        shown = shown || lower_ascii(page.body).find("brand") != std::string::npos;
      }
    }
    EXPECT_TRUE(shown) << shape;
  }

  TestSchool school;
  std::string demand = "018f0000-0000-7000-8000-000000000000";
  bool shown = false;
  Application application{school.ports, Settings{}};
};

TEST(Payloads, AreAtLeastSixty) { EXPECT_GE(payloads().size(), 60u); }

TEST_P(TypedText, IsNeverMarkup) { type_everywhere(GetParam()); }

INSTANTIATE_TEST_SUITE_P(Shapes, TypedText, ::testing::ValuesIn(payloads()));

TEST(TypedTextRefused, IsShownInTheFieldAsItWasTyped) {
  TestSchool school;
  school.start_visiting();
  Application application(school.ports, Settings{});
  Browser teacher(application, school.ports, "0300");
  for (const std::string& shape : payloads()) {
    Response page = teacher.post("/visits/" + school.visits[0].value, {{"version", "0"}, {"visited_at", shape}, {"narrative", shape}, {"demand_text", shape}, {"demand_topic", shape},
                                                                        {"photo_waiver", shape}, {"demand_id", shape}, {"topics", shape}, {"mode", shape}});
    EXPECT_EQ(page.status, 422);
    expect_harmless(page.body, shape, "the record's form");
    Response login = Browser(application, school.ports, "").get("/login?return=" + std::string("%22%3E%3Cbrand%3E"));
    EXPECT_THAT(login.body, Not(HasSubstr("<brand")));
  }
}

}  // namespace
}  // namespace shide::web
