#include "base/web_address.h"

#include <gtest/gtest.h>

namespace shide {
namespace {

TEST(WebAddress, AComponentHoldsNothingThatDividesAnAddress) {
  EXPECT_EQ(encode_component("a-Z.0_~"), "a-Z.0_~");
  EXPECT_EQ(encode_component("三(2)"), "%E4%B8%89%282%29");
  EXPECT_EQ(encode_component("/?#&=+ %"), "%2F%3F%23%26%3D%2B%20%25");
}

TEST(WebAddress, TheOriginEndsWhereAPathAQueryOrAFragmentBegins) {
  for (const char* rest : {"", "/", "/a?b", "?p=/1", "#/x"}) EXPECT_EQ(origin_of("https://a.cn:8443" + std::string(rest)), "https://a.cn:8443") << rest;
  EXPECT_EQ(origin_of("a.cn/b"), "a.cn/b");
}

}  // namespace
}  // namespace shide
