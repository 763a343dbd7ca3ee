// Leadership's one screen as its template asks for it: the day, the one thing to decide, families, demands, rectification; and the
// page behind the windows, grade by grade.
#pragma once

#include <nlohmann/json.hpp>

#include "web/call.h"
#include "workflow/overview.h"

namespace shide::web {

nlohmann::json overview_view(const Call& call, const workflow::Overview& overview);
nlohmann::json grades_view(const Call& call, const workflow::Overview& overview);

/// How far an item is: shape and word.
nlohmann::json item_chip(const Call& call, const model::Rectification& item);

}  // namespace shide::web
