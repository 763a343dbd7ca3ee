#include "base/digest.h"

#include <gtest/gtest.h>

namespace shide {
namespace {

TEST(Digest, KnowsTheStandardVectors) {
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hmac_sha256_hex("key", "The quick brown fox jumps over the lazy dog"),
            "f7bc83f430538424b13298e6aa6fb143ef4d59a14946175997479dbc2d1a3cd8");
}

TEST(Digest, ATokenIsNewEachTime) { EXPECT_NE(random_token(16), random_token(16)); }

}  // namespace
}  // namespace shide
