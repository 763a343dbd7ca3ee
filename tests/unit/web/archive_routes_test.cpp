// HR's pull: who may, to the end, and nothing a spreadsheet would run (S79, S80, S111).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "base/digest.h"
#include "privacy/reach.h"
#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"
#include "workflow/job.h"

namespace shide::web {
namespace {

using nlohmann::json;
using testing::Browser;
using testing::TestSchool;
using testing::wrong_fields;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr const char* kEntries = "/api/v1/archive-entries";

class ArchiveRoutes : public ::testing::Test {
 protected:
  ArchiveRoutes() {
    school.start_visiting();
    school.finish(0);
    school.finish(1);
  }

  void add_token(const std::string& secret, const std::string& scopes, const std::function<void(model::ApiToken&)>& change = {}) {
    model::ApiToken token;
    token.id = new_id<model::ApiToken>(school.clock->now());
    token.school_id = school.school_id;
    token.token_hash = sha256_hex(secret);
    token.name = "pull";
    token.scopes = scopes;
    token.created_at = school.clock->now();
    if (change) change(token);
    auto saved = school.ports.store->transact(workflow::job_actor(school.school_id, "set_up"), "set_up", [&](ports::Unit& unit) -> Result<void> {
      SHIDE_CHECK(unit.of<model::ApiToken>().save(token));
      return unit.audit(token, "scopes");
    });
    ASSERT_TRUE(saved.ok());
  }
  Response pull(const std::string& secret, const std::string& query = "", Headers headers = {}) {
    headers.emplace_back("authorization", "Bearer " + secret);
    return Browser(application, school.ports, "").get(kEntries + query, headers);
  }

  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser hr{application, school.ports, "hr"};
};

TEST_F(ArchiveRoutes, OnlyATokenOfTheScopeThatIsStillGoodPulls) {
  Time now = school.clock->now();
  add_token("good", "archive:read");
  add_token("other", "records:read");
  add_token("none", "");
  add_token("revoked", "archive:read", [&](model::ApiToken& token) { token.revoked_at = now; });
  add_token("expired", "archive:read", [&](model::ApiToken& token) { token.expires_at = Time{now.microseconds - kMinute}; });
  EXPECT_EQ(json::parse(pull("good").body)["items"].size(), 8u);
  EXPECT_EQ(pull("other").status, 404);
  for (const char* secret : {"none", "revoked", "expired", "never given", "", "a b"}) {
    Response refused = pull(secret);
    EXPECT_EQ(refused.status, 401) << secret;
    EXPECT_EQ(header_of(refused, "www-authenticate"), "Bearer");
    EXPECT_EQ(header_of(refused, "content-type"), "application/problem+json; charset=utf-8");
  }
  Headers bearer = {{"authorization", "Bearer good"}};
  EXPECT_EQ(Browser(application, school.ports, "").get("/api/v1/me", bearer).status, 404);
  EXPECT_EQ(Browser(application, school.ports, "").get("/archives", bearer).status, 404);
  EXPECT_EQ(Browser(application, school.ports, "").get(kEntries).status, 401);
  EXPECT_EQ(Browser(application, school.ports, "0300").get(kEntries).status, 404);
}

TEST_F(ArchiveRoutes, ThePageTellsTheLastVisitFirstHoweverLateAnEarlierOneWasFiled) {
  model::ArchiveEntry late = school.rows<model::ArchiveEntry>().front();
  late.sequence += 1;
  late.event_month = "2020-01";
  late.source_id = "the visit of the year before";
  school.add(late);
  std::string page = hr.get("/archives/" + late.staff_number + "?archive=" + std::string(model::code_of(late.archive))).body;
  ASSERT_THAT(page, ::testing::AllOf(HasSubstr("2021年1月"), HasSubstr("2020年1月")));
  EXPECT_LT(page.find("2021年1月"), page.find("2020年1月"));
}

TEST_F(ArchiveRoutes, PagingToTheEndGivesEachEntryOnce) {
  std::set<std::string> seen;
  std::size_t count = 0;
  std::string after;
  do {
    json page = json::parse(hr.get(std::string(kEntries) + "?limit=3" + (after.empty() ? "" : "&after=" + after)).body);
    for (const json& entry : page["items"]) {
      seen.insert(entry["id"]);
      ++count;
    }
    after = page["next"].is_null() ? "" : page["next"].get<std::string>();
  } while (!after.empty() && count < 100);
  EXPECT_EQ(count, 8u);
  EXPECT_EQ(seen.size(), 8u);
  json whole = json::parse(hr.get(std::string(kEntries) + "?limit=8").body);
  EXPECT_EQ(whole["items"].size(), 8u);
  EXPECT_TRUE(whole["next"].is_null()) << "a full last page has no next";
}

TEST_F(ArchiveRoutes, AForgedCursorOrAnUnknownArchiveIsNamed) {
  EXPECT_EQ(wrong_fields(hr.get(std::string(kEntries) + "?after=zzz"))["after"], "field.no_cursor");
  EXPECT_EQ(wrong_fields(hr.get(std::string(kEntries) + "?archive=secret"))["archive"], "field.not_offered");
  EXPECT_EQ(json::parse(hr.get(std::string(kEntries) + "?after=ffffffff-ffff-7fff-8fff-ffffffffffff").body)["items"].size(), 0u);
  for (const char* limit : {"0", "-5", "nine", "501", "18446744073709551617"}) {
    EXPECT_EQ(json::parse(hr.get(std::string(kEntries) + "?limit=" + limit).body)["items"].size(), 8u) << limit;
  }
  EXPECT_EQ(json::parse(hr.get(std::string(kEntries) + "?staff=0300").body)["items"].size(), 2u);
  EXPECT_EQ(json::parse(hr.get(std::string(kEntries) + "?staff=%27%20OR%201=1--").body)["items"].size(), 0u);
  EXPECT_EQ(json::parse(hr.get(std::string(kEntries) + "?archive=ethics&calendar_year=2021&school_year=2020-2021").body)["items"].size(), 4u);
}

TEST_F(ArchiveRoutes, ASpreadsheetRunsNothingOfIt) {
  for (const char* name : {"=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(1)", "\tx", "＝1+1", "say \"hi\", all"}) {
    auto renamed = school.ports.store->transact(workflow::job_actor(school.school_id, "set_up"), "set_up", [&](ports::Unit& unit) -> Result<void> {
      model::Reach all = privacy::reach_for_job(school.school_id, model::DataKind::kArchive, "set_up");
      SHIDE_TRY(entries, unit.of<model::ArchiveEntry>().list(ports::Query<model::ArchiveEntry>{}, all));
      entries.front().staff_name = name;
      SHIDE_CHECK(unit.of<model::ArchiveEntry>().save(entries.front()));
      return unit.audit(entries.front(), "staff_name");
    });
    ASSERT_TRUE(renamed.ok());
    Response csv = hr.get(kEntries, {{"accept", "text/csv"}});
    EXPECT_EQ(csv.status, 200);
    std::string quoted = name;
    for (std::size_t at = 0; (at = quoted.find('"', at)) != std::string::npos; at += 2) quoted.insert(at, 1, '"');
    bool is_plain = quoted.starts_with("say");
    EXPECT_THAT(csv.body, HasSubstr((is_plain ? "\"" : "\"'") + quoted + "\"")) << name;
  }
  Response csv = hr.get("/archives.csv");
  EXPECT_EQ(std::count(csv.body.begin(), csv.body.end(), '\n'), 9) << "a head and eight entries";
  EXPECT_THAT(csv.body, ::testing::StartsWith("\xEF\xBB\xBF"));
  EXPECT_THAT(std::string(header_of(csv, "content-disposition")), ::testing::StartsWith("attachment; "));
  EXPECT_EQ(header_of(csv, "cache-control"), "no-store");
}

TEST_F(ArchiveRoutes, ASpreadsheetIsForPeopleAndHasAllOfIt_S111) {
  const char* kSpreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  for (const Response& file : {hr.get("/archives.xlsx"), hr.get(kEntries, {{"accept", kSpreadsheet}})}) {
    EXPECT_EQ(file.status, 200);
    EXPECT_EQ(header_of(file, "content-type"), kSpreadsheet);
    EXPECT_EQ(header_of(file, "content-disposition"), "attachment; filename*=UTF-8''%E6%A1%A3%E6%A1%88.xlsx");
    EXPECT_EQ(std::count(file.body.begin(), file.body.end(), '\n'), 10) << "a name, a head and eight entries";
    EXPECT_THAT(file.body, HasSubstr("\n师德档案|0300|" + school.homeroom[0].name + "|2020-2021|2021-01|"));
  }
  EXPECT_THAT(hr.get("/archives").body, HasSubstr("/archives.xlsx\""));
  EXPECT_THAT(hr.get("/archives/0300").body, HasSubstr("/archives.xlsx?staff=0300\""));
  Response own = hr.get("/archives.xlsx?staff=0300");
  EXPECT_EQ(std::count(own.body.begin(), own.body.end(), '\n'), 4);
  EXPECT_EQ(Browser(application, school.ports, "0300").get("/archives.xlsx").status, 404);
}

TEST_F(ArchiveRoutes, AnEntryHoldsNoChild) {
  std::string pulled = hr.get(kEntries).body + hr.get("/archives.csv").body + hr.get("/archives.xlsx").body + hr.get("/archives/0300").body;
  for (const auto& student : school.students) EXPECT_THAT(pulled, Not(HasSubstr(student.name)));
  for (const auto& one : school.classes) EXPECT_THAT(pulled, Not(HasSubstr(one.name)));
  EXPECT_EQ(hr.get("/archives/9999").status, 404);
}

}  // namespace
}  // namespace shide::web
