#include "workflow/first_administrator.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/digest.h"
#include "privacy/reach.h"
#include "support/empty_house.h"
#include "support/faulty_store.h"
#include "support/test_school.h"
#include "workflow/sign_in.h"

namespace shide::workflow {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

constexpr const char* kPassword = "Correct horse 9";

SetupForm a_form() {
  return {"云陵市桐湖区青榆小学", "青榆小学", "工会网", "师德师风活动", "桐湖区教育局", "卓越", "ZhuoYue", kPassword};
}

class FirstAdministrator : public ::testing::Test {
 protected:
  std::string offered() {
    auto token = offer_setup(house.ports);
    EXPECT_TRUE(token) << token.error().detail;
    return token ? *token : "";
  }
  std::size_t rows(const std::string& table) const {
    auto tables = house.store->tables();
    return tables[table].size();
  }

  testing::EmptyHouse house{time_of(*make_date(2021, 1, 13), 9)};
};

TEST_F(FirstAdministrator, OfTheLinkOnlyTheHashIsKept) {
  std::string token = offered();
  EXPECT_GE(token.size(), 32u);
  auto tables = house.store->tables();
  ASSERT_EQ(tables["setup_links"].size(), 1u);
  EXPECT_THAT(tables["setup_links"].begin()->second.values, Contains(model::Value(sha256_hex(token))));
  EXPECT_THAT(tables["setup_links"].begin()->second.values, Not(Contains(model::Value(token))));
}

TEST_F(FirstAdministrator, AskingAgainVoidsTheEarlierLink) {
  std::string first = offered(), second = offered();
  EXPECT_EQ(check_setup_token(house.ports, first).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(check_setup_token(house.ports, second));
}

TEST_F(FirstAdministrator, TheLinkIsGoodForADayAndForOnce) {
  std::string token = offered();
  house.clock->advance(24 * kHour);
  EXPECT_EQ(set_up_school(house.ports, token, a_form()).error().code, ErrorCode::kNotFound);
  token = offered();
  house.clock->advance(24 * kHour - kSecond);
  ASSERT_TRUE(set_up_school(house.ports, token, a_form()));
  EXPECT_EQ(set_up_school(house.ports, token, a_form()).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(rows("schools"), 1u);
  EXPECT_EQ(rows("setup_links"), 0u);
}

TEST_F(FirstAdministrator, AdministersTheSchoolAndNothingElse) {
  ASSERT_TRUE(set_up_school(house.ports, offered(), a_form()));
  auto signed_in = sign_in(house.ports, "zhuoyue", kPassword);
  ASSERT_TRUE(signed_in);
  EXPECT_EQ(signed_in->actor.roles, std::set<model::Role>{model::Role::kItAdmin});
  EXPECT_FALSE(signed_in->must_change_password);
  auto school = house.ports.store->read(signed_in->actor, [&](ports::Unit& unit) { return unit.of<model::School>().load(signed_in->actor.school); });
  ASSERT_TRUE(school);
  EXPECT_EQ(school->short_name, "青榆小学");
  EXPECT_FALSE(school->demo);
  EXPECT_EQ(offer_setup(house.ports).error().code, ErrorCode::kDuplicate);
}

TEST_F(FirstAdministrator, AWrongTokenLearnsNothingAboutTheForm) {
  EXPECT_EQ(set_up_school(house.ports, "guessed", {}).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(house.cipher->asked, 0);
}

TEST_F(FirstAdministrator, EveryWrongFieldIsNamedAndTheLinkStays) {
  std::string token = offered();
  SetupForm form = a_form();
  form.school_name = " ";
  form.login = "zhuo yue";
  form.password = "short";
  auto refused = set_up_school(house.ports, token, form);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().problems, ElementsAre(Problem{"school_name", {"field.empty"}}, Problem{"login", {"people.login_blank"}},
                                                    Problem{"password", {"sign_in.password_weak"}}));
  EXPECT_TRUE(set_up_school(house.ports, token, a_form()));
}

TEST_F(FirstAdministrator, EveryCallMayFailAndSchoolAndAccountComeTogether) {
  std::string token = offered();
  auto inner = std::move(house.ports.store);
  auto owned = std::make_unique<testing::FaultyStore>(*inner);
  testing::FaultyStore& faulty = *owned;
  house.ports.store = std::move(owned);
  for (int n = 1;; ++n) {
    faulty.fail_at(n);
    bool done = set_up_school(house.ports, token, a_form()).ok();
    EXPECT_EQ(rows("schools"), rows("accounts")) << n;
    EXPECT_EQ(rows("schools") + rows("setup_links"), 1u) << n;
    if (done || rows("schools") == 1) break;
  }
  EXPECT_EQ(rows("schools"), 1u);
  house.ports.store = std::move(inner);
}

TEST(FirstAdministratorOfASchool, IsNotAskedForWhileThereIsOne) {
  testing::TestSchool school;
  EXPECT_EQ(offer_setup(school.ports).error().phrase.code, "setup.has_administrator");
}

TEST(FirstAdministratorOfASchool, TakesOverTheSchoolThatLostItsOwn) {
  testing::TestSchool school;
  auto lost = school.ports.store->transact(school.it_admin, "lose", [&](ports::Unit& unit) -> Result<void> {
    SHIDE_TRY(account, unit.of<model::Account>().load(school.it_admin.account, privacy::reach(school.it_admin, model::DataKind::kAccount)));
    account.disabled = true;
    SHIDE_CHECK(unit.of<model::Account>().save(account));
    return unit.audit(account, "disabled");
  });
  ASSERT_TRUE(lost);
  auto token = offer_setup(school.ports);
  ASSERT_TRUE(token);
  SetupForm form = a_form();
  form.login = "it_admin";
  EXPECT_EQ(set_up_school(school.ports, *token, form).error().problems, std::vector<Problem>({{"login", {"people.login_taken"}}}));
  auto account = set_up_school(school.ports, *token, a_form());
  ASSERT_TRUE(account);
  EXPECT_EQ(account->school_id, school.school_id);
  auto tables = school.store->tables();
  EXPECT_EQ(tables["schools"].size(), 1u);
}

}  // namespace
}  // namespace shide::workflow
