// A visit as its teachers see it: the views of "my visits" and of the record form (annex 3).
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "web/call.h"
#include "workflow/record.h"
#include "workflow/visit.h"

namespace shide::web {

/// The seven steps, the next one with its button, the team, the contact, the family's words.
nlohmann::json my_visit_view(const Call& call, const workflow::Dossier& dossier);

/// The record form; `problems` of a refusal stand beside the fields, with what was typed.
nlohmann::json record_view(const Call& call, const workflow::Dossier& dossier, const std::vector<Problem>& problems);

/// The words of a record for reading: visited_text, mode_text, narrative_text ... and the circumstances that needed a reason.
void add_record_body(const Call& call, const workflow::Dossier& dossier, const model::VisitRecord& record, nlohmann::json& view);

/// The record as the API tells it, with `version` for If-Match.
nlohmann::json record_json(const workflow::Dossier& dossier);

/// The options of an enum whose words stand under `prefix` in schema/text.
template <class E>
std::vector<Option> options_of(const char* prefix) {
  std::vector<Option> options;
  for (std::string_view code : codes(E{})) options.push_back({std::string(code), {std::string(prefix) + "." + std::string(code)}});
  return options;
}

}  // namespace shide::web
