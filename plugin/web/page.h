// Pages from templates and a JSON view.
//
//     render_page("visit", Language::kChinese, {{"title", "..."}, {"people", {{{"name", "..."}}, {{"name", "..."}}}}})
//
// A template is plugin/web/templates/<name>.html; parts that others include as {{>name}} are in templates/parts/. ctemplate's
// AUTOESCAPE escapes every value for the place it stands in. In a template
//   [[code]]             is the sentence of schema/text, filled in when the template is loaded for a language
//   {{PEOPLE_NAME}}      is the view's "people_name": a string or a number
//   {{#PEOPLE}}..{{/PEOPLE}}  once for each object of an array; once for an object, true, a number or a string that is not empty;
//                        not at all for false, null, "", [] or an absent key. Inside, the object's keys are looked up first, then
//                        the ones around it (null hides an outer one); an element that is a plain value is {{IT}}
//   {{#NO_PEOPLE}}..     the opposite of {{#PEOPLE}}
//   {{#PEOPLE_separator}}  between the elements
//
// Everything is loaded at the first use; afterwards rendering takes no lock and is thread-safe.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrase.h"

namespace shide::web {

using nlohmann::json;

/// The page. Throws std::logic_error for a template that does not exist or does not parse: a bug of ours, found by the tests that
/// call template_errors(). With `unknown`, names of {{VARIABLES}} that the view does not hold anywhere are added to it.
std::string render_page(std::string_view name, Language language, const json& view, std::vector<std::string>* unknown = nullptr);

/// What is wrong with the templates: an unknown include, a text code without a sentence in a language, a tag that ctemplate
/// cannot escape. Empty when all is well; asked once at start-up.
std::vector<std::string> template_errors();

/// The names that render_page takes, sorted.
std::vector<std::string> template_names();

/// True when the template holds a form that sends {{CSRF}} back: a stranger who is shown it needs a cookie.
bool carries_csrf(std::string_view name);

/// The sentence, for a view.
inline std::string say(const Phrase& phrase, Language language) { return render(phrase, language); }

}  // namespace shide::web
