#include "web/session.h"

#include <algorithm>

#include "base/digest.h"
#include "base/text.h"

namespace shide::web {
namespace {

std::string cookie_name(Cookie which, bool is_tls) {
  constexpr const char* kNames[] = {"shide_session", "shide_family", "shide_stranger", "shide_site", "shide_lang"};  // in the order of Cookie
  return (is_tls ? "__Host-" : "") + std::string(kNames[static_cast<std::size_t>(which)]);
}

std::optional<Language> language_named(std::string_view tag) {
  std::string lower = lower_ascii(trim(tag));
  if (lower == "en" || lower.starts_with("en-")) return Language::kEnglish;
  if (lower == "zh" || lower.starts_with("zh-")) return Language::kChinese;
  return std::nullopt;
}

void write_cookie(const Request& request, Response& response, Cookie which, std::string_view value, const std::string& age) {
  std::string line = cookie_name(which, request.is_tls) + "=" + std::string(value);
  line += "; Path=" + (request.is_tls || request.mount_prefix.empty() ? "/" : request.mount_prefix);
  line += age + "; HttpOnly; SameSite=Lax";
  if (request.is_tls) line += "; Secure";
  response.headers.emplace_back("Set-Cookie", std::move(line));
}

}  // namespace

std::string_view cookie(const Request& request, Cookie which) {
  std::string wanted = cookie_name(which, request.is_tls);
  for (const auto& [name, value] : request.headers) {
    if (name != "cookie") continue;
    for (std::string_view part : split(value, ';')) {
      part = trim(part);
      std::size_t equals = part.find('=');
      if (equals != std::string_view::npos && part.substr(0, equals) == wanted) return part.substr(equals + 1);
    }
  }
  return {};
}

void set_cookie(const Request& request, Response& response, Cookie which, std::string_view value, std::optional<std::int64_t> max_age) {
  write_cookie(request, response, which, value, max_age ? "; Max-Age=" + std::to_string(*max_age) : "");
}

void clear_cookie(const Request& request, Response& response, Cookie which) { write_cookie(request, response, which, "", "; Max-Age=0"); }

std::string csrf_token(std::string_view secret) { return hmac_sha256_hex(secret, "csrf of shide").substr(0, 32); }

bool same_site(const Request& request) {
  if (std::string_view site = request.header("sec-fetch-site"); !site.empty()) return site == "same-origin" || site == "none";
  std::string_view origin = request.header("origin");
  if (origin.empty()) return true;  // not a browser, or an old one: the token decides
  std::size_t host = origin.find("://");
  return host != std::string_view::npos && origin.substr(host + 3) == request.header("host");
}

bool is_from_this_machine(const Request& request) {
  bool passed_through = !request.header("x-forwarded-for").empty() || !request.header("forwarded").empty();
  return !passed_through && (request.remote_address == "127.0.0.1" || request.remote_address == "::1");
}

bool is_own_page(const Request& request) {
  return same_site(request) && (request.header("sec-fetch-site") == "same-origin" || !request.header("origin").empty());
}

Language language_of(const Request& request, std::string_view asked) {
  if (auto language = language_named(asked)) return *language;
  if (auto language = language_named(cookie(request, Cookie::kLanguage))) return *language;
  std::string_view accepted = request.header("accept-language").substr(0, 200);
  for (std::string_view part : split(accepted, ',')) {  // browsers list them in order of preference
    if (auto language = language_named(part.substr(0, part.find(';')))) return *language;
  }
  return Language::kChinese;
}

std::string_view header_of(const Response& response, std::string_view name) {
  std::string wanted = lower_ascii(name);
  for (const auto& [key, value] : response.headers) {
    if (lower_ascii(key) == wanted) return value;
  }
  return {};
}

void tell_if_changed(const Request& request, Response& response) {
  if (response.status != 200 || (request.method != "GET" && request.method != "HEAD") || !header_of(response, "etag").empty()) return;
  std::string tag = "\"" + sha256_hex(response.body).substr(0, 20) + "\"";
  bool has_it = request.header("if-none-match").find(tag) != std::string_view::npos;  // alone, in a list, or weakened by a proxy
  set_header(response, "ETag", std::move(tag));
  if (!has_it) return;
  response.status = 304;
  response.body.clear();
}

void set_header(Response& response, std::string_view name, std::string value) {
  std::string wanted = lower_ascii(name);
  std::erase_if(response.headers, [&](const auto& header) { return lower_ascii(header.first) == wanted; });
  response.headers.emplace_back(std::string(name), std::move(value));
}

std::string content_security_policy(std::string_view images) {
  std::string pictures = images.empty() ? "'self'" : "'self' " + std::string(images);
  return "default-src 'none'; style-src 'self'; img-src " + pictures + "; script-src 'self'; connect-src 'self'; form-action 'self'; "
         "frame-ancestors 'none'; base-uri 'none'; object-src 'none'";
}

void add_security_headers(Response& response, bool personal) {
  auto add = [&](std::string_view name, std::string_view value) {
    if (header_of(response, name).empty()) response.headers.emplace_back(std::string(name), std::string(value));
  };
  add("Content-Security-Policy", content_security_policy());
  add("X-Content-Type-Options", "nosniff");
  add("Referrer-Policy", "same-origin");
  add("Permissions-Policy", "geolocation=(), microphone=(), camera=()");
  add("Cross-Origin-Opener-Policy", "same-origin");
  add("Cross-Origin-Resource-Policy", "same-origin");
  add("Cache-Control", personal ? "no-store" : "no-cache");
  add("Vary", "Cookie, Accept-Language");
}

}  // namespace shide::web
