// Invented names for tests and benches: a surname and one or two characters, the same for the same seed.
#pragma once

#include <random>
#include <string>
#include <vector>

#include "base/text.h"

namespace shide::test {

inline std::vector<std::string> invented_names(std::size_t count, unsigned seed = 7) {
  const std::u32string surnames = U"王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕";
  const std::u32string given =
      U"涵轩萱梓妍琪瑶睿宸玥馨怡悦欣佳嘉珂璐雯霖雅颖慧敏静娟丽芳秀玲珍淑杰伟强勇军涛鹏磊峰刚斌辉波宁健毅翔宇泽铭鑫诺航哲博辰"
      U"思远明志建国海永春红雪雨诗语可心若安天乐文子一清阳月然家正立成学智";
  std::mt19937 random(seed);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < count; ++i) {
    std::u32string name(1, surnames[random() % surnames.size()]);
    name += given[random() % given.size()];
    if (random() % 8 != 0) name += given[random() % given.size()];
    names.push_back(to_utf8(name));
  }
  return names;
}

}  // namespace shide::test
