#include "web/call.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <stdexcept>

#include "base/digest.h"
#include "base/json.h"
#include "base/text.h"
#include "base/web_address.h"
#include "visit/school_year.h"
#include "web/page.h"
#include "web/session.h"

namespace shide::web {
namespace {

constexpr std::int64_t kListLimit = 500;

std::optional<std::int64_t> number_in(std::string_view text) {
  std::int64_t number = 0;
  auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || failure != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The same page in the other language: ?lang= replaced, the other parameters kept.
std::string address_in(const Request& request, const Pairs& query, Language language) {
  bool may_be_opened = request.method == "GET" || request.method == "HEAD";
  std::string address = request.mount_prefix + (may_be_opened ? safe_return_path(request.path) : "/") + "?lang=" + std::string(language_tag(language));
  for (const auto& [name, value] : query) {
    if (may_be_opened && name != "lang") address += "&" + encode_component(name) + "=" + encode_component(value);
  }
  return address;
}

bool is_current(std::string_view path, std::string_view pattern) {
  return path == pattern || (pattern != "/" && path.starts_with(pattern) && path.substr(pattern.size()).starts_with('/'));
}

/// The word of the bar the reader stands on: the longest that leads here, since /my/score lies below /my as well.
const Route* current_word(const std::vector<const Route*>& words, std::string_view path) {
  const Route* longest = nullptr;
  for (const Route* route : words) {
    if (is_current(path, route->pattern) && (!longest || route->pattern.size() > longest->pattern.size())) longest = route;
  }
  return longest;
}

}  // namespace

const std::string& Call::parameter(std::string_view name) const {
  auto found = parameters_.find(name);
  if (found == parameters_.end()) throw std::logic_error("the route has no parameter " + std::string(name));
  return found->second;
}

std::string_view Call::query(std::string_view name) const {
  for (const auto& [key, value] : query_) {
    if (key == name) return value;
  }
  return {};
}

std::string Call::school_year() const {
  std::string_view asked = query("school_year");
  return asked.empty() ? visit::school_year_of(date_of(now_)) : std::string(asked);
}

std::int64_t Call::limit(std::int64_t most) const {
  auto asked = number_in(query("limit"));
  return asked && *asked >= 1 && *asked < most ? *asked : most;
}

Result<nlohmann::json> Call::json_body() const {
  std::string type = media_type(request_->header("content-type"));
  if (type != "application/json") return Error{ErrorCode::kUnsupportedMedia, {"form.json_wanted"}};
  return parse_json(body_);
}

Result<std::int64_t> Call::if_match() const {
  std::string_view text = trim(request_->header("if-match"));
  if (text.size() > 2 && text.front() == '"' && text.back() == '"') {
    if (auto version = number_in(text.substr(1, text.size() - 2))) return *version;
  }
  return Error{ErrorCode::kInvalid, {"form.if_match"}}.with("If-Match", {"form.if_match"});
}

const std::string& Call::csrf() {
  if (csrf_.empty()) {
    std::string_view stranger = cookie(*request_, Cookie::kStranger);
    if (stranger.size() < 16) stranger = new_stranger_ = random_token(24);
    csrf_ = csrf_token(stranger);
  }
  return csrf_;
}

Response Call::page(std::string_view name, nlohmann::json view, int status) {
  FrameParts parts{.language = language_, .school = school_, .actor = actor_, .demo = demo_ && school_.demo, .now = now_, .mount_prefix = request_->mount_prefix};
  if (carries_csrf(name) || !actor_.is_public()) parts.csrf = csrf();
  parts.other_language_address = address_in(*request_, query_, language_ == Language::kChinese ? Language::kEnglish : Language::kChinese);
  std::vector<const Route*> words;
  for (const Route& route : router_->routes()) {
    if (route.bar && !actor_.is_public() && route.permission.allows(actor_)) words.push_back(&route);
  }
  std::stable_sort(words.begin(), words.end(), [](const Route* a, const Route* b) { return a->bar->position < b->bar->position; });
  const Route* here = current_word(words, request_->path);
  for (const Route* route : words) {
    parts.bar.push_back({say({route->bar->code}), link(route->pattern), route == here,
                         route->bar->waiting ? route->bar->waiting(*this) : 0});
  }
  nlohmann::json whole = frame_view(parts);
  whole.update(view);
  Response response;
  response.status = status;
  set_header(response, "Content-Type", "text/html; charset=utf-8");
  set_header(response, "Content-Language", std::string(language_tag(language_)));
  response.body = render_page(name, language_, whole);
  return response;
}

std::string Call::new_id(std::string_view field) const { return form_.text(field).empty() ? new_uuid(now_) : std::string(form_.text(field)); }

Result<Response> Call::list(const nlohmann::json& items, std::string_view key) const {
  auto first = items.begin();
  if (std::string_view after = query("after"); !after.empty()) {
    auto last_seen = std::find_if(items.begin(), items.end(), [&](const nlohmann::json& one) { return one[key].get_ref<const std::string&>() == after; });
    if (last_seen == items.end()) return Error{ErrorCode::kInvalid, {"error.invalid", {{"count", 1}}}}.with("after", {"field.no_cursor"});
    first = last_seen + 1;
  }
  std::int64_t count = std::min<std::int64_t>(items.end() - first, limit(kListLimit));
  nlohmann::json page = nlohmann::json::array(), next;
  std::copy_n(first, count, std::back_inserter(page));
  if (first + count != items.end()) next = page.back()[key];
  return json({{"items", std::move(page)}, {"next", std::move(next)}});
}

Response Call::json(const nlohmann::json& body, int status) const {
  Response response;
  response.status = status;
  set_header(response, "Content-Type", "application/json; charset=utf-8");
  response.body = body.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return response;
}

Response Call::download(std::string bytes, std::string_view content_type, std::string_view file_name) const {
  Response response;
  set_header(response, "Content-Type", std::string(content_type));
  set_header(response, "Content-Disposition", "attachment; filename*=UTF-8''" + encode_component(file_name));
  response.body = std::move(bytes);
  return response;
}

Response Call::redirect(std::string_view path) const {
  Response response;
  response.status = 303;
  set_header(response, "Location", link(safe_return_path(path)));
  return response;
}

Result<Response> Call::before_campaign(const Error& error) const {
  if (error.code != ErrorCode::kNotFound) return error;
  return redirect("/campaigns");
}

}  // namespace shide::web
