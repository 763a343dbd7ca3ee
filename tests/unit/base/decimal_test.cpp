// Numbers that decide about people: exact, rounded once, never a float.
#include "base/decimal.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace shide {
namespace {

Decimal number(const char* text) { return *Decimal::parse(text); }

TEST(Decimal, KeepsFourPlacesAndRoundsOnceHalfUp) {
  EXPECT_EQ(Decimal::ratio(number("77"), Decimal::from_integer(100), Decimal::from_integer(80)).to_text(), "96.25");
  EXPECT_EQ((number("96.25") * number("0.2")).to_text(2), "19.25");
  EXPECT_EQ(number("0.005").to_text(2), "0.01");
  EXPECT_EQ(number("-2.50").to_text(), "-2.5");
}

TEST(Decimal, RefusesWhatIsNotPlainDecimal) {
  for (const char* text : {"", "1e3", ".5", "5.", "1.23456", "abc", "--1", "1 000", "9999999999999999", "-", "+", "1.2.3", "１"}) EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Decimal, ReadsBackWhatItWrites) {
  for (const char* text : {"0", "1", "-1", "92.95", "0.0001", "-0.0001", "100", "84.8", "123456789.1234"}) EXPECT_EQ(number(text).to_text(), text);
  EXPECT_EQ(number("+7").to_text(), "7");
  EXPECT_EQ(number("007.10").to_text(), "7.1");
}

TEST(Decimal, RoundsHalvesAwayFromZero) {
  EXPECT_EQ(number("2.5").to_text(0), "3");
  EXPECT_EQ(number("-2.5").to_text(0), "-3");
  EXPECT_EQ(number("2.4999").to_text(0), "2");
  EXPECT_EQ((number("1") / number("3")).to_text(), "0.3333");
  EXPECT_EQ((number("2") / number("3")).to_text(), "0.6667");
  EXPECT_EQ(number("8").to_text(2), "8.00") << "shown places are kept";
}

TEST(Decimal, OneRatioIsExactWhereTwoStepsWouldNotBe) {
  Decimal three = number("3");
  EXPECT_EQ(Decimal::ratio(number("1"), three, three).to_text(), "1");
  EXPECT_EQ((number("1") / three * three).to_text(), "0.9999");
}

TEST(Decimal, FloorAndCeilingGoDownAndUpAlsoBelowZero) {
  EXPECT_EQ(number("12.3").floor(), number("12")) << "30% of 41 are 12 places";
  EXPECT_EQ(number("-12.3").floor(), number("-13"));
  EXPECT_EQ(number("12.3").ceil(), number("13"));
  EXPECT_EQ(number("-12.3").ceil(), number("-12"));
  EXPECT_EQ(number("12").floor(), number("12"));
}

TEST(Decimal, DividingByNothingIsABug) { EXPECT_THROW(number("1") / Decimal{}, std::domain_error); }

}  // namespace
}  // namespace shide
