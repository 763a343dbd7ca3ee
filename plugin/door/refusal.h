// What the door itself answers, before or instead of the section: RFC 9457 problem+json with the sentences of door.info.
#pragma once

#include <string_view>

#include "base/phrase.h"
#include "web/http.h"

namespace shide::door {

/// `code` is "door.not_here": its sentence is the title, `code`.hint the detail.
web::Response refusal(int status, std::string_view code, Language language);

/// The language asked for by Accept-Language: English only when it is preferred to Chinese.
Language language_of(std::string_view accept_language);

/// A whole 500 that needs no memory: for when there is none.
inline constexpr std::string_view kBareBody =
    R"({"type":"about:blank","title":"Something broke on our side.","status":500,"code":"door.broken","detail":"Try again later; it cannot double.","fields":[]})";
inline constexpr std::string_view kProblemType = "application/problem+json; charset=utf-8";

}  // namespace shide::door
