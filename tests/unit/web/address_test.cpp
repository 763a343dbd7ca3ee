// What stands in the address line: refused before any page sees it.
#include "web/address.h"

#include <gmock/gmock.h>

#include "base/web_address.h"

namespace shide::web {
namespace {

using testing::ElementsAre;
using testing::Optional;
using testing::Pair;

TEST(Address, SegmentsAreDecoded) {
  EXPECT_THAT(decode_path("/visits/%E4%B8%89%282%29"), Optional(ElementsAre("visits", "三(2)")));
  EXPECT_THAT(decode_path("/"), Optional(testing::IsEmpty()));
  EXPECT_THAT(decode_path("/a+b"), Optional(ElementsAre("a+b")));
}

TEST(Address, WhatNoPageOfOursContainsIsRefused) {
  for (const char* path : {"", "visits", "//", "/a//b", "/a/", "/..", "/a/../b", "/%2e%2e/b", "/.%2E", "/a%2Fb", "/a%5cb", "/a%00b", "/a%0d%0ab", "/%",
                           "/%1", "/%zz", "/%c0%af", "/%ed%a0%80", "/\xff"}) {
    EXPECT_FALSE(decode_path(path)) << path;
  }
  EXPECT_FALSE(decode_path("/" + std::string(kAddressLimit, 'a')));
}

TEST(Address, PairsAreDecodedAndCounted) {
  EXPECT_THAT(*parse_pairs("lang=en&q=%E4%B8%89+1&&empty&x=a=b", 4), ElementsAre(Pair("lang", "en"), Pair("q", "三 1"), Pair("empty", ""), Pair("x", "a=b")));
  EXPECT_EQ(parse_pairs("a=1&b=2&c=3", 2).error().code, ErrorCode::kTooLarge);
  EXPECT_EQ(parse_pairs("a=%00", 2).error().phrase.code, "form.not_text");
  EXPECT_FALSE(parse_pairs("a=%ff", 2));
}

TEST(Address, WhatIsEncodedComesBack) {
  std::string text = "三(2)班 a/b&c=d?\"<";
  EXPECT_EQ(decode_segment(encode_component("三(2)班")), "三(2)班");
  EXPECT_EQ(parse_pairs("x=" + encode_component(text), 1)->front().second, text);
}

TEST(Address, SigningInReturnsOnlyBelowOurOwnRoof) {
  EXPECT_EQ(safe_return_path("/visits/1?tab=2"), "/visits/1?tab=2");
  for (const char* path : {"", "//evil.example", "/\\evil.example", "https://evil.example", "evil", "/a\r\nSet-Cookie: x"}) EXPECT_EQ(safe_return_path(path), "/") << path;
}

}  // namespace
}  // namespace shide::web
