// What somebody typed, carried through a page that stands in between: signing in again, or a fault of ours. The words go back
// to the browser they came from, as hidden fields behind one button; nothing is stored. Files cannot be carried, so the page says it.
//
//     view["kept"] = kept_view(call.form(), kKeptPrefix);          // the sign-in page: "narrative" travels as "kept.narrative"
//     view["kept"] = kept_view(kept_in(call.form()));              // after it: under its own name again, to be sent on
//
// Pure and thread-safe.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "web/form.h"

namespace shide::web {

/// Apart from the sign-in page's own fields.
inline constexpr std::string_view kKeptPrefix = "kept.";

/// {"kept_fields": [{"kept_name", "kept_value"}], "kept_files": bool} without the form's token; null when nothing was typed.
nlohmann::json kept_view(const Form& form, std::string_view prefix = {});

/// The fields that came through the sign-in page, under their own names.
Form kept_in(const Form& form);

}  // namespace shide::web
