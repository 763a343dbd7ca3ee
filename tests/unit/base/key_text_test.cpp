#include "base/key_text.h"

#include <gtest/gtest.h>

#include "base/ed25519.h"
#include "base/text.h"

namespace shide {
namespace {

TEST(KeyText, ComesBackAsItWasWritten) {
  Ed25519Pair pair = new_ed25519_pair();
  KeyText key{"2021a", *parse_date("2022-08-31"), pair.public_key, pair.private_key};
  auto read = key_in(to_text(key));
  ASSERT_TRUE(read);
  EXPECT_EQ(to_text(*read), to_text(key));
  key.private_key.clear();
  EXPECT_EQ(to_text(key), "shide-audit-key 1\nid 2021a\nuntil 2022-08-31\npublic " + pair.public_key + "\n");
  read = key_in(replace_all(to_text(key), "\n", "\r\n"));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->private_key, "");
}

TEST(KeyText, RefusesWhatIsNone) {
  Ed25519Pair pair = new_ed25519_pair();
  const std::string whole = to_text(KeyText{"2021a", *parse_date("2022-08-31"), pair.public_key, pair.private_key});
  ASSERT_TRUE(key_in(whole));
  EXPECT_FALSE(key_in(""));
  EXPECT_FALSE(key_in(whole + "more\n"));
  EXPECT_FALSE(key_in(replace_all(whole, "2021a", "../a")));
  EXPECT_FALSE(key_in(replace_all(whole, "2022-08-31", "2022-02-30")));
  EXPECT_FALSE(key_in(replace_all(whole, pair.public_key, pair.public_key.substr(2))));
  EXPECT_FALSE(key_in(replace_all(whole, pair.private_key, new_ed25519_pair().private_key))) << "halves of two keys";
  EXPECT_FALSE(key_in(replace_all(whole, "private", "prvate")));
}

}  // namespace
}  // namespace shide
