// The district's page: figures without a pupil, a teacher or a class.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "support/browser.h"
#include "support/test_school.h"
#include "web/session.h"

namespace shide::web {
namespace {

using testing::Browser;
using testing::TestSchool;
using ::testing::HasSubstr;
using ::testing::Not;

class DistrictRoutes_D9 : public ::testing::Test {
 protected:
  DistrictRoutes_D9() { school.add_staff("丘明远", model::Role::kDistrict, "district"); }
  TestSchool school;
  Application application{school.ports, Settings{}};
  Browser district{application, school.ports, "district"};
};

TEST_F(DistrictRoutes_D9, ShowsSumsAndNobody) {
  school.start_visiting();
  school.finish(0);
  std::string page = district.get("/district").body;
  EXPECT_THAT(page, HasSubstr("不单列"));
  EXPECT_THAT(page, HasSubstr("<td class=\"r num\">12</td>")) << "teachers in post";
  for (const auto& one : school.students) EXPECT_THAT(page, Not(HasSubstr(one.name)));
  for (const auto& one : school.homeroom) EXPECT_THAT(page, Not(HasSubstr(one.name)));
  for (const auto& one : school.classes) EXPECT_THAT(page, Not(HasSubstr(one.name)));
  EXPECT_EQ(Browser(application, school.ports, "head").get("/district").status, 404);
}

TEST_F(DistrictRoutes_D9, BeforeACampaignLeadsToThePlans) { EXPECT_THAT(testing::location(district.get("/district")), ::testing::EndsWith("/campaigns")); }

}  // namespace
}  // namespace shide::web
