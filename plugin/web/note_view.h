// A note of the staff view as its pages ask for it: a line of the list, and the reading page with what was taken out marked.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>
#include <vector>

#include "web/call.h"
#include "workflow/section.h"

namespace shide::web {

bool opens(const model::RedactedRecord& note);

/// A line of the list: a title that leads to the text, or only that it is filed.
nlohmann::json note_line(const Call& call, const model::RedactedRecord& note, const Id<model::RedactedRecord>& current = {});

/// The reading page.
nlohmann::json note_view(const Call& call, const workflow::OpenNote& note);

/// Paragraphs of pieces, each marked when it stands for something taken out. `cut_list` as it was filed with the text; where the office
/// has reworded since, marks end rather than stand at the wrong place.
nlohmann::json marked_paragraphs(std::string_view text, std::string_view cut_list, std::string_view field);

}  // namespace shide::web
