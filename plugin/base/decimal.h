// Decimal fixed point with four places, for numbers that decide about people: no binary floating point, no surprise.
//
//     *Decimal::parse("96.25") * *Decimal::parse("0.20")  ->  19.25        to_text(2)  ->  "19.25"
//
// Range about +-9.2e14. Multiplication and division round half away from zero at the fourth place; what is shown is rounded
// half up once, at the end (domain: "points dec with 4 internal places, shown 2, half-up once at the end").
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shide {

class Decimal {
 public:
  constexpr Decimal() = default;
  static constexpr Decimal from_units(std::int64_t ten_thousandths) { return Decimal(ten_thousandths); }
  static constexpr Decimal from_integer(std::int64_t value) { return Decimal(value * 10'000); }
  /// Digits, at most one point, at most four decimals, an optional sign. Nothing for anything else ("1e3", "", "1.23456").
  static std::optional<Decimal> parse(std::string_view text);

  constexpr std::int64_t units() const { return units_; }
  constexpr bool is_zero() const { return units_ == 0; }
  /// Shown with `places` (0..4), half up; trailing zeros are kept: 92.95, 8.00.
  std::string to_text(int places) const;
  /// The shortest exact form: "8", "92.95". Used in files and sentences.
  std::string to_text() const;
  /// To the given places as a number, half away from zero.
  Decimal rounded(int places) const;
  Decimal floor() const;
  Decimal ceil() const;

  auto operator<=>(const Decimal&) const = default;
  Decimal operator-() const { return Decimal(-units_); }
  Decimal operator+(Decimal other) const { return Decimal(units_ + other.units_); }
  Decimal operator-(Decimal other) const { return Decimal(units_ - other.units_); }
  Decimal& operator+=(Decimal other) { units_ += other.units_; return *this; }
  Decimal& operator-=(Decimal other) { units_ -= other.units_; return *this; }
  Decimal operator*(Decimal other) const;
  Decimal operator/(Decimal other) const;  // dividing by zero throws std::domain_error: ask first

  /// a * b / c with one rounding at the end, so that 71 * 20 / 100 is exact.
  static Decimal ratio(Decimal a, Decimal b, Decimal c);

 private:
  constexpr explicit Decimal(std::int64_t units) : units_(units) {}
  std::int64_t units_ = 0;
};

}  // namespace shide
