// Reads the fields of a form or body one after the other and collects what is wrong with each, so that one answer names all.
//
//     FieldCheck check;
//     campaign.title = check.line("title", form.title, {.max = 80});
//     campaign.visit_from = check.date("visit_from", form.visit_from);
//     if (!check.fine()) return check.error();
//
// A wrong field gives a harmless value and a Problem. Text comes back cleaned (base/text).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace shide {

/// Characters, not bytes. min 0 makes a text optional.
struct Length {
  std::size_t min = 1;
  std::size_t max = 200;
};

class FieldCheck {
 public:
  std::string line(std::string_view path, std::string_view raw, Length length = {});
  std::string text(std::string_view path, std::string_view raw, Length length = {});
  Date date(std::string_view path, std::string_view raw);
  std::optional<Date> optional_date(std::string_view path, std::string_view raw);
  std::optional<Time> optional_time(std::string_view path, std::string_view raw);
  std::int64_t number(std::string_view path, std::string_view raw, std::int64_t low, std::int64_t high);

  void problem(std::string_view path, Phrase phrase) { problems_.push_back({std::string(path), std::move(phrase)}); }
  bool fine() const { return problems_.empty(); }
  bool fine(std::string_view path) const;
  /// kInvalid with everything found.
  Error error() const;

 private:
  std::vector<Problem> problems_;
};

}  // namespace shide
