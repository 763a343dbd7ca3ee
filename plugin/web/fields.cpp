#include "web/fields.h"

#include <algorithm>

#include "base/text.h"

namespace shide::web {
namespace {

bool holds(const std::vector<std::string>& list, const std::string& value) { return std::find(list.begin(), list.end(), value) != list.end(); }

}  // namespace

const Problem* Fields::problem_of(std::string_view name) const {
  if (!problems_) return nullptr;
  auto found = std::find_if(problems_->begin(), problems_->end(), [&](const Problem& problem) { return problem.path == name; });
  return found == problems_->end() ? nullptr : &*found;
}

std::string Fields::id_of(std::string_view name) const {
  std::string id(name);
  std::replace_if(id.begin(), id.end(), [](char c) { return c == '.' || c == '[' || c == ']'; }, '-');
  return row_.empty() ? id : id + "-" + row_;
}

Fields Fields::in_row(std::string_view row) const {
  Fields same = *this;
  same.row_ = row;
  return same;
}

json Fields::common(std::string_view name, std::string_view code, const FieldOptions& options) const {
  const Problem* problem = problem_of(name);
  std::string id = id_of(name);
  std::string help(text_of(std::string(code) + ".help", language_));
  std::vector<std::string> described;
  if (!help.empty()) described.push_back(id + "-help");
  if (!options.hint.empty()) described.push_back(id + "-hint");
  if (problem) described.push_back(id + "-error");
  // Every key is always there, so that nothing of an outer view can shine through.
  json view = {
      {"name", name},
      {"id", id},
      {"label", render({std::string(code)}, language_)},
      {"help", help},
      {"value", typed_ && typed_->has(name) ? std::string(typed_->text(name)) : options.value},
      {"optional", options.optional},
      {"limit", nullptr},
      {"hint", render(options.hint, language_)},
      {"wrong", problem != nullptr},
      {"error", problem ? render(problem->phrase, language_) : ""},
      {"described", join(described, " ")},
      {"autocomplete", options.autocomplete},
  };
  if (options.limit > 0) view["limit"] = options.limit;
  return view;
}

json Fields::text(std::string_view name, std::string_view code, const FieldOptions& options) const {
  json view = common(name, code, options);
  view["type"] = options.type;
  if (options.type == "password") view["value"] = "";
  return view;
}

json Fields::area(std::string_view name, std::string_view code, const FieldOptions& options) const {
  json view = common(name, code, options);
  view["rows"] = options.rows;
  return view;
}

json Fields::listed(std::string_view name, std::string_view code, const std::vector<Option>& list, const std::vector<std::string>& chosen,
                    const FieldOptions& options) const {
  // A form in which no box was ticked does not name the field at all: then nothing is chosen.
  std::vector<std::string> current = typed_ ? typed_->all(name) : chosen;
  json view = common(name, code, options);
  view["options"] = json::array();
  for (std::size_t i = 0; i < list.size(); ++i) {
    view["options"].push_back({{"value", list[i].value},
                               {"word", render(list[i].label, language_)},
                               {"chosen", holds(current, list[i].value)},
                               {"option_id", i == 0 ? view["id"].get<std::string>() : view["id"].get<std::string>() + "-" + std::to_string(i)}});
  }
  return view;
}

json Fields::choices(std::string_view name, std::string_view code, const std::vector<Option>& list, std::string_view chosen,
                     const FieldOptions& options) const {
  json view = listed(name, code, list, {std::string(chosen)}, options);
  view["kind"] = "radio";
  return view;
}

json Fields::boxes(std::string_view name, std::string_view code, const std::vector<Option>& list, const std::vector<std::string>& chosen,
                   const FieldOptions& options) const {
  json view = listed(name, code, list, chosen, options);
  view["kind"] = "checkbox";
  return view;
}

json Fields::select(std::string_view name, std::string_view code, const std::vector<Option>& list, std::string_view chosen,
                    const FieldOptions& options) const {
  return listed(name, code, list, {std::string(chosen)}, options);
}

json Fields::file(std::string_view name, std::string_view code, std::string_view accept, const FieldOptions& options) const {
  json view = common(name, code, options);
  view["accept"] = accept;
  return view;
}

std::vector<Problem> problems_of(const Error& error, std::string_view otherwise) {
  if (!error.problems.empty()) return error.problems;
  return {{std::string(otherwise), error.phrase}};
}

json Fields::summary() const {
  if (!problems_ || problems_->empty()) return nullptr;
  json items = json::array();
  for (const Problem& problem : *problems_) items.push_back({{"id", id_of(problem.path)}, {"message", render(problem.phrase, language_)}});
  return {{"title", render({"form.summary", {{"count", problems_->size()}}}, language_)}, {"items", std::move(items)}};
}

}  // namespace shide::web
