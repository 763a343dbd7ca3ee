#include "workflow/password.h"

#include <gtest/gtest.h>

#include <set>

namespace shide::workflow {
namespace {

TEST(Password, NeedsTwelveCharactersOfThreeKinds) {
  EXPECT_TRUE(is_strong_password("Correct horse"));
  EXPECT_TRUE(is_strong_password("correct horse 9"));
  EXPECT_TRUE(is_strong_password("春风化雨润物无声Ab9x"));
  EXPECT_FALSE(is_strong_password("Corr-ect-9"));
  EXPECT_FALSE(is_strong_password("correcthorse9"));
  EXPECT_FALSE(is_strong_password(std::string_view("Correct\0horse9", 14)));
  EXPECT_FALSE(is_strong_password(std::string(1001, 'a') + "A9"));
}

TEST(Password, OfASlipIsStrongPlainToReadAndNeverTheSame) {
  std::set<std::string> seen;
  for (int i = 0; i < 500; ++i) {
    std::string password = temporary_password();
    EXPECT_TRUE(is_strong_password(password)) << password;
    EXPECT_EQ(password.size(), 14u) << password;
    EXPECT_EQ(password.find_first_of("0O1lI_"), std::string::npos) << password;
    EXPECT_TRUE(seen.insert(password).second) << password;
  }
}

}  // namespace
}  // namespace shide::workflow
