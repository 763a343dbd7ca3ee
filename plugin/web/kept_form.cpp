#include "web/kept_form.h"

#include <algorithm>

#include "web/session.h"

namespace shide::web {

using nlohmann::json;

namespace {
constexpr std::string_view kFilesField = "files";  // tells the page after signing in that there were some
}

json kept_view(const Form& form, std::string_view prefix) {
  json fields = json::array();
  auto keep = [&](std::string_view name, std::string_view value) { fields.push_back({{"kept_name", std::string(prefix) + std::string(name)}, {"kept_value", value}}); };
  for (const auto& [name, value] : form.fields()) {
    if (name != kCsrfField && name != kFilesField) keep(name, value);
  }
  if (fields.empty()) return nullptr;
  bool files = form.has(kFilesField) || std::any_of(form.files().begin(), form.files().end(), [](const Upload& upload) { return upload.size > 0; });
  if (files && !prefix.empty()) keep(kFilesField, "");
  return {{"kept_fields", std::move(fields)}, {"kept_files", files}};
}

Form kept_in(const Form& form) {
  Form kept;
  for (const auto& [name, value] : form.fields()) {
    if (name.starts_with(kKeptPrefix)) kept.add(name.substr(kKeptPrefix.size()), value);
  }
  return kept;
}

}  // namespace shide::web
