#include "workflow/login.h"

#include <gtest/gtest.h>

namespace shide::workflow {
namespace {

std::string problem_of(std::string_view typed) {
  FieldCheck check;
  check_login(check, "login", typed);
  return check.fine() ? "" : check.error().problems.front().phrase.code;
}

TEST(Login, IsTheSameInCapitalsAndFullWidth) {
  FieldCheck check;
  EXPECT_EQ(check_login(check, "login", "  Ｌｉｎ０１ "), "lin01");
  EXPECT_TRUE(check.fine());
}

TEST(Login, SaysWhatIsWrongWithIt) {
  EXPECT_EQ(problem_of(""), "field.empty");
  EXPECT_EQ(problem_of("lin wan"), "people.login_blank");
  EXPECT_EQ(problem_of(std::string(61, 'a')), "field.too_long");
}

}  // namespace
}  // namespace shide::workflow
