#include "workflow/sign_in.h"

#include <gtest/gtest.h>

#include "privacy/reach.h"
#include "support/test_school.h"

namespace shide::workflow {
namespace {

using testing::TestSchool;

void change_account(TestSchool& school, const model::Teacher& teacher, const std::function<void(model::Account&)>& change) {
  auto changed = school.ports.store->transact(school.it_admin, "change", [&](ports::Unit& unit) -> Result<void> {
    SHIDE_TRY(account, unit.of<model::Account>().load({teacher.id.value}, privacy::reach(school.it_admin, model::DataKind::kAccount)));
    change(account);
    SHIDE_CHECK(unit.of<model::Account>().save(account));
    return unit.audit(account, "all");
  });
  ASSERT_TRUE(changed) << changed.error().detail;
}

// The slow part is the hash: whoever asks, it is done once.
TEST(SignIn_D13, TheTimeDoesNotTellWhetherALoginExistsIsDisabledOrHasNoPassword) {
  TestSchool school;
  change_account(school, school.homeroom[1], [](model::Account& account) { account.disabled = true; });
  change_account(school, school.homeroom[2], [](model::Account& account) { account.password_hash.clear(); });
  for (const std::string& login : {std::string("nobody"), school.homeroom[0].staff_number, school.homeroom[1].staff_number, school.homeroom[2].staff_number}) {
    int before = school.cipher->asked;
    auto refused = sign_in(school.ports, login, "wrong");
    EXPECT_EQ(refused.error().phrase.code, "sign_in.wrong") << login;
    EXPECT_EQ(school.cipher->asked - before, 1) << login;
  }
}

TEST(SignIn_D13, NobodyEntersADisabledAccountOrOneWithoutAPassword) {
  TestSchool school;
  change_account(school, school.homeroom[1], [](model::Account& account) { account.disabled = true; });
  change_account(school, school.homeroom[2], [](model::Account& account) { account.password_hash.clear(); });
  EXPECT_FALSE(sign_in(school.ports, school.homeroom[1].staff_number, "correct horse 9"));
  EXPECT_FALSE(sign_in(school.ports, school.homeroom[2].staff_number, ""));
}

TEST(SignIn_D13, TheLoginIsTheSameInCapitalsAndFullWidth) {
  TestSchool school;
  EXPECT_TRUE(sign_in(school.ports, "　０３００ ", "correct horse 9"));
  EXPECT_TRUE(sign_in(school.ports, "IT_Admin", "correct horse 9"));
}

}  // namespace
}  // namespace shide::workflow
