#include "door/refusal.h"

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace shide::door {

web::Response refusal(int status, std::string_view code, Language language) {
  nlohmann::json body = {{"type", "about:blank"},
                         {"title", render({std::string(code) + ".title"}, language)},
                         {"status", status},
                         {"code", code},
                         {"detail", render({std::string(code) + ".hint"}, language)},
                         {"fields", nlohmann::json::array()}};
  web::Response response;
  response.status = status;
  response.headers = {{"Content-Type", std::string(kProblemType)},
                      {"Content-Language", std::string(language_tag(language))},
                      {"Cache-Control", "no-store"},
                      {"X-Content-Type-Options", "nosniff"}};
  if (status == 503) response.headers.emplace_back("Retry-After", "5");
  response.body = body.dump() + "\n";
  return response;
}

Language language_of(std::string_view accept_language) {
  std::string lower = lower_ascii(accept_language.substr(0, 256));
  std::size_t english = lower.find("en");
  std::size_t chinese = lower.find("zh");
  return english < chinese ? Language::kEnglish : Language::kChinese;
}

}  // namespace shide::door
