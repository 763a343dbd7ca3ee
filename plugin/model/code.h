// Enumerators and the codes they have in the database, the API and the audit: one list an enum, in the enum's order.
//
//     code_of(RecordState::kSubmitted)  ->  "submitted"      from_code<RecordState>("submitted")  ->  kSubmitted
//
// An enum takes part by a function `codes(E)` beside it. Codes are never reused; new ones go to the end.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace shide::model {

template <class E>
constexpr std::string_view code_of(E value) {
  constexpr auto list = codes(E{});
  return list[static_cast<std::size_t>(value)];
}

template <class E>
constexpr std::optional<E> from_code(std::string_view code) {
  constexpr auto list = codes(E{});
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (list[i] == code) return static_cast<E>(i);
  }
  return std::nullopt;
}

}  // namespace shide::model
