// A value or the Error that stands in its way.
//
//     Result<Campaign> campaign = find(id);
//     if (auto* error = campaign.if_error()) return std::move(*error).with_prefix("announce");
//     use(campaign->title);
//
// Asking a failed Result for its value is a bug: it throws std::bad_variant_access, which the door turns into a 500.
#pragma once

#include <utility>
#include <variant>

#include "base/error.h"

namespace shide {

template <class T>
class [[nodiscard]] Result {
 public:
  using Value = T;
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  Error* if_error() { return std::get_if<1>(&state_); }
  const Error* if_error() const { return std::get_if<1>(&state_); }
  const Error& error() const { return std::get<1>(state_); }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::get<0>(std::move(state_)); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using Value = void;
  Result() = default;
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  Error* if_error() { return std::get_if<1>(&state_); }
  const Error* if_error() const { return std::get_if<1>(&state_); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<std::monostate, Error> state_;
};

}  // namespace shide

/// Leaves the function with the error, or binds the value: `SHIDE_TRY(campaign, unit.campaigns().load(id));`
#define SHIDE_TRY(name, expression)                                            \
  auto name##_result = (expression);                                           \
  if (auto* name##_error = name##_result.if_error()) return std::move(*name##_error); \
  auto& name = *name##_result

/// The same for a Result<void>. The line's number keeps a check inside a closure apart from the one around it.
#define SHIDE_CHECK(expression) SHIDE_CHECK_AT(expression, __LINE__)
#define SHIDE_CHECK_AT(expression, line) SHIDE_CHECK_LINE(expression, line)
#define SHIDE_CHECK_LINE(expression, line) SHIDE_CHECK_NAMED(expression, shide_check_##line)
#define SHIDE_CHECK_NAMED(expression, name)                                    \
  do {                                                                         \
    auto name = (expression);                                                  \
    if (!name.ok()) return std::move(*name.if_error());                        \
  } while (false)
