// The parts of a form as views for the templates: what was typed stays, and what is wrong stands beside it.
//
//     Fields fields(call.language(), call.form(), problems);        // after a refusal; or Fields fields(call.language());
//     view["visited_at"] = fields.text("visited_at", "record.visited_at", {.value = known});
//     view["mode"] = fields.choices("mode", "record.mode", {{"home", {"mode.home"}}, {"phone", {"mode.phone"}}}, "home");
//     view["errors"] = fields.summary();
//
//     {{>error_summary}}  {{#VISITED_AT}}{{>text_field}}{{/VISITED_AT}}  {{#MODE}}{{>choices}}{{/MODE}}
//
// The code of a field names three sentences: <code> the label, <code>.help below it (may be missing), and the error comes as a
// Problem whose path is the field's name. Ids in the page are the names with a dash for each dot.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "web/form.h"

namespace shide::web {

using nlohmann::json;

struct FieldOptions {
  std::string value = {};         // shown unless something was typed
  std::string type = "text";      // of a text field: text search password date time number tel
  bool optional = false;          // says so beside the label; required is the rule
  int limit = 0;                  // characters; 0: none
  int rows = 4;                   // of a text area
  std::string autocomplete = {};  // "username", "current-password"
  Phrase hint = {};               // kindly, never blocks
};

struct Option {
  std::string value;
  Phrase label;
};

class Fields {
 public:
  explicit Fields(Language language) : language_(language) {}
  /// Keeps both by reference: for use within one handler. A form without a field was not sent: the page is only opened, and
  /// shows what is stored.
  Fields(Language language, const Form& typed, const std::vector<Problem>& problems)
      : language_(language), typed_(typed.fields().empty() ? nullptr : &typed), problems_(&problems) {}

  json text(std::string_view name, std::string_view code, const FieldOptions& options = {}) const;      // {{>text_field}}
  json area(std::string_view name, std::string_view code, const FieldOptions& options = {}) const;      // {{>text_area}}
  /// The same for one row of a list whose rows all have this form: only their ids differ.
  Fields in_row(std::string_view row) const;

  /// One of several, drawn as words of 44 px.
  json choices(std::string_view name, std::string_view code, const std::vector<Option>& list, std::string_view chosen,
               const FieldOptions& options = {}) const;                                                 // {{>choices}}
  /// Any of several.
  json boxes(std::string_view name, std::string_view code, const std::vector<Option>& list, const std::vector<std::string>& chosen,
             const FieldOptions& options = {}) const;                                                   // {{>choices}}
  json select(std::string_view name, std::string_view code, const std::vector<Option>& list, std::string_view chosen,
              const FieldOptions& options = {}) const;                                                  // {{>select}}
  json file(std::string_view name, std::string_view code, std::string_view accept, const FieldOptions& options = {}) const;  // {{>file_slot}}

  /// {"title": "...", "items": [{"id", "message"}]}, or null when nothing is wrong.
  json summary() const;

 private:
  json common(std::string_view name, std::string_view code, const FieldOptions& options) const;
  json listed(std::string_view name, std::string_view code, const std::vector<Option>& list, const std::vector<std::string>& chosen,
              const FieldOptions& options) const;
  const Problem* problem_of(std::string_view name) const;
  std::string id_of(std::string_view name) const;

  Language language_;
  const Form* typed_ = nullptr;
  const std::vector<Problem>* problems_ = nullptr;
  std::string row_;
};

/// What is wrong, by field; an Error that names none is said beside `otherwise`.
std::vector<Problem> problems_of(const Error& error, std::string_view otherwise);

}  // namespace shide::web
