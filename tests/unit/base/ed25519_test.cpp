#include "base/ed25519.h"

#include <gtest/gtest.h>

#include "base/digest.h"

namespace shide {
namespace {

// RFC 8032, 7.1, tests 1 to 3.
TEST(Ed25519, KnowsTheVectorsOfItsStandard) {
  const struct {
    const char *private_key, *public_key, *message, *signature;
  } vectors[] = {
      {"9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60", "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
       "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"},
      {"4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
       "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"},
      {"c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7", "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025", "af82",
       "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"}};
  for (const auto& one : vectors) {
    EXPECT_EQ(ed25519_public_key(one.private_key), one.public_key);
    EXPECT_EQ(ed25519_sign(one.private_key, from_hex(one.message)), one.signature);
    EXPECT_TRUE(ed25519_verifies(one.public_key, from_hex(one.message), one.signature));
    EXPECT_FALSE(ed25519_verifies(one.public_key, from_hex(one.message) + "x", one.signature));
  }
  EXPECT_FALSE(ed25519_verifies(vectors[0].public_key, "r", vectors[1].signature));
}

TEST(Ed25519, NothingThatIsNoKeySignsOrVerifies) {
  Ed25519Pair pair = new_ed25519_pair();
  EXPECT_NE(pair.private_key, new_ed25519_pair().private_key);
  EXPECT_EQ(ed25519_sign("", "bytes"), "");
  EXPECT_EQ(ed25519_sign("zz", "bytes"), "");
  EXPECT_EQ(ed25519_public_key(pair.private_key.substr(2)), "");
  std::string signature = ed25519_sign(pair.private_key, "bytes");
  EXPECT_TRUE(ed25519_verifies(pair.public_key, "bytes", signature));
  EXPECT_FALSE(ed25519_verifies("", "bytes", signature));
  EXPECT_FALSE(ed25519_verifies(pair.public_key, "bytes", ""));
  EXPECT_FALSE(ed25519_verifies(pair.public_key, "bytes", signature.substr(2)));
}

}  // namespace
}  // namespace shide
