#include "base/decimal.h"

#include <stdexcept>

namespace shide {
namespace {

constexpr std::int64_t kUnits = 10'000;
__extension__ using Wide = __int128;

std::int64_t divide_half_away(Wide a, Wide b) {
  if (b == 0) throw std::domain_error("Decimal: division by zero");
  if (b < 0) a = -a, b = -b;
  Wide rounded = a >= 0 ? (2 * a + b) / (2 * b) : -((-2 * a + b) / (2 * b));
  return static_cast<std::int64_t>(rounded);
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t value = 1;
  while (exponent-- > 0) value *= 10;
  return value;
}

}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  bool negative = !text.empty() && text.front() == '-';
  if (negative || (!text.empty() && text.front() == '+')) text.remove_prefix(1);
  std::int64_t units = 0;
  int digits = 0, places = -1;
  for (char c : text) {
    if (c == '.') {
      if (places >= 0 || digits == 0) return std::nullopt;
      places = 0;
      continue;
    }
    if (c < '0' || c > '9' || ++digits > 15) return std::nullopt;
    if (places >= 0 && ++places > 4) return std::nullopt;
    units = units * 10 + (c - '0');
  }
  if (digits == 0 || places == 0) return std::nullopt;
  Wide scaled = static_cast<Wide>(units) * power_of_ten(4 - (places < 0 ? 0 : places));
  if (scaled > INT64_MAX / 2) return std::nullopt;
  return Decimal(negative ? -static_cast<std::int64_t>(scaled) : static_cast<std::int64_t>(scaled));
}

Decimal Decimal::rounded(int places) const {
  std::int64_t step = power_of_ten(4 - places);
  return Decimal(divide_half_away(units_, step) * step);
}

Decimal Decimal::floor() const {
  std::int64_t whole = units_ / kUnits;
  if (units_ % kUnits != 0 && units_ < 0) --whole;
  return from_integer(whole);
}

Decimal Decimal::ceil() const { return -((-*this).floor()); }

std::string Decimal::to_text(int places) const {
  std::int64_t units = rounded(places).units_;
  std::string text = std::to_string((units < 0 ? -units : units) / kUnits);
  if (places > 0) {
    std::string fraction = std::to_string((units < 0 ? -units : units) % kUnits + kUnits).substr(1);
    text += "." + fraction.substr(0, static_cast<std::size_t>(places));
  }
  return units < 0 ? "-" + text : text;
}

std::string Decimal::to_text() const {
  std::string text = to_text(4);
  while (text.back() == '0') text.pop_back();
  if (text.back() == '.') text.pop_back();
  return text;
}

Decimal Decimal::operator*(Decimal other) const {
  return Decimal(divide_half_away(static_cast<Wide>(units_) * other.units_, kUnits));
}

Decimal Decimal::operator/(Decimal other) const {
  return Decimal(divide_half_away(static_cast<Wide>(units_) * kUnits, other.units_));
}

Decimal Decimal::ratio(Decimal a, Decimal b, Decimal c) {
  return Decimal(divide_half_away(static_cast<Wide>(a.units_) * b.units_, c.units_));
}

}  // namespace shide
