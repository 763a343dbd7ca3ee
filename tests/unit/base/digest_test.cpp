#include "base/digest.h"

#include <gtest/gtest.h>

namespace shide {
namespace {

TEST(Digest, KnowsTheStandardVectors) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hmac_sha256_hex("key", "The quick brown fox jumps over the lazy dog"),
            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
}

// RFC 2202, 3.
TEST(Digest, KnowsTheVectorOfHmacSha1) {
  EXPECT_EQ(to_hex(hmac_sha1("Jefe", "what do ya want for nothing?")), "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79");
}

TEST(Digest, HashesTwoTextsAsOne) { EXPECT_EQ(sha256("ab", "c"), sha256("abc")); }

TEST(Digest, ReadsHexadecimalOrNothing) {
  EXPECT_EQ(from_hex("00ffA5"), std::string("\0\xff\xa5", 3));
  EXPECT_EQ(to_hex(std::string("\0\xff\xa5", 3)), "00ffa5");
  for (const char* bad : {"0", "0g", "zz", " 0", "0x00"}) EXPECT_EQ(from_hex(bad), "") << bad;
}

TEST(Digest, ATokenIsNewEachTime) { EXPECT_NE(random_token(16), random_token(16)); }

}  // namespace
}  // namespace shide
