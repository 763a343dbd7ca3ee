// Runs and scores: opened once, read by whom they concern, paged to the end.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"

namespace shide::web {
namespace {

using nlohmann::json;
using testing::Browser;
using testing::TestSchool;
using testing::wrong_fields;

class ScoreRoutes : public ::testing::Test {
 protected:
  ScoreRoutes() {
    school.start_visiting();
    school.finish(1);
  }
  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser committee{application, school.ports, "ethics_committee"};
};

TEST_F(ScoreRoutes, ARunIsOpenedOnceHoweverOftenItIsSent_S81) {
  for (int time = 0; time < 2; ++time) EXPECT_EQ(committee.post("/appraisal", {}).status, 303) << time;
  ASSERT_EQ(school.store->tables()["appraisals"].size(), 1u);
  std::string run = school.store->tables()["appraisals"].begin()->first;
  auto scores = school.store->tables()["scores"].size();
  EXPECT_EQ(committee.post("/appraisal/" + run, {}).status, 303);
  EXPECT_EQ(school.store->tables()["scores"].size(), scores);
}

TEST_F(ScoreRoutes, ScoresArePagedToTheEndAndNobodyElsesAreThere) {
  ASSERT_EQ(committee.post("/appraisal", {}).status, 303);
  std::string run = school.store->tables()["appraisals"].begin()->first, api = "/api/v1/appraisals/" + run + "/scores";
  std::set<std::string> staff;
  std::string after;
  do {
    json page = json::parse(committee.get(api + "?limit=5" + (after.empty() ? "" : "&after=" + after)).body);
    for (const json& one : page["items"]) EXPECT_TRUE(staff.insert(one["staff"]).second);
    after = page["next"].is_null() ? "" : page["next"].get<std::string>();
  } while (!after.empty() && staff.size() < 100);
  EXPECT_EQ(staff.size(), 12u);
  EXPECT_EQ(wrong_fields(committee.get(api + "?after=nobody"))["after"], "field.no_cursor");
  EXPECT_EQ(committee.get("/api/v1/appraisals/1/scores").status, 404);
  EXPECT_EQ(committee.get("/appraisal/" + run + "/scores/9999").status, 404);
  EXPECT_EQ(Browser(application, school.ports, "0300").get(api).status, 404);
  EXPECT_EQ(Browser(application, school.ports, "0300").get("/my/score").status, 200);
}

TEST_F(ScoreRoutes, AWrongRatingIsSaidBesideItsCellAndEveryOtherStaysTyped_S81) {
  ASSERT_EQ(committee.post("/appraisal", {}).status, 303);
  std::string path = "/appraisal/" + school.store->tables()["appraisals"].begin()->first + "/ratings";
  std::string person = school.homeroom[0].id.value, peer = "rating." + person + ".peer", self = "rating." + person + ".self";
  EXPECT_EQ(committee.get(path).status, 200);
  Response page = committee.post(path, {{peer, "一百"}, {self, "96"}, {"act", "compute"}});
  EXPECT_EQ(page.status, 422);
  EXPECT_THAT(testing::beside(page, "rating-" + person + "-peer"), ::testing::HasSubstr("94/45"));
  EXPECT_EQ(testing::value_of(page, self), "96");
  EXPECT_TRUE(school.store->tables()["ratings"].empty());
  EXPECT_EQ(committee.post(path, {{peer, "91.5/7"}, {self, "96"}, {"act", "compute"}}).status, 303);
  EXPECT_EQ(school.store->tables()["ratings"].size(), 2u);
  EXPECT_EQ(Browser(application, school.ports, "hr").get(path).status, 404);
}

}  // namespace
}  // namespace shide::web
