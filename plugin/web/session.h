// What a browser carries from request to request, and what every answer carries against misuse: cookies, the CSRF token, the
// security headers, the reader's language. Pure and thread-safe.
//
// Under TLS the cookies are named __Host-shide_... (Secure, Path=/, no Domain: no other host of the site can set them); without
// TLS, as in the demo on 127.0.0.1, plain shide_... below the mount prefix. Always HttpOnly and SameSite=Lax.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/phrase.h"
#include "web/http.h"

namespace shide::web {

enum class Cookie {
  kSession,   // the secret of a signed-in browser
  kFamily,    // the same for an opened family link
  kStranger,  // a random value that ties the CSRF token of the login page to one browser
  kSite,      // what the nonce of a way through the school's own site is made from
  kLanguage,  // "zh-CN" or "en"
};

/// The value of the cookie, or empty. Only the first of a name counts.
std::string_view cookie(const Request& request, Cookie which);
/// Adds the Set-Cookie header. `max_age` in seconds; nothing: until the browser is closed.
void set_cookie(const Request& request, Response& response, Cookie which, std::string_view value, std::optional<std::int64_t> max_age = {});
void clear_cookie(const Request& request, Response& response, Cookie which);

/// The name of the form field and of the header that bring the token back.
inline constexpr std::string_view kCsrfField = "csrf";
inline constexpr std::string_view kCsrfHeader = "x-csrf-token";
/// The token of a browser, derived from a secret only it holds (a session, or the stranger's cookie).
std::string csrf_token(std::string_view secret);

/// False when the browser itself says that another site sent this (Sec-Fetch-Site, else Origin against Host).
bool same_site(const Request& request);

/// The request began on this machine, and no proxy says that it only passed through.
bool is_from_this_machine(const Request& request);

/// True only when the browser itself says that a page of ours sent this: what a stranger's page typed is not handed on.
bool is_own_page(const Request& request);

/// The cookie's language, else ?lang= is asked first by the caller, else Accept-Language, else Chinese.
Language language_of(const Request& request, std::string_view asked);

/// What a page may load: nothing but our own. `images` names what else pictures may come from: "data:" where an answer carries them.
std::string content_security_policy(std::string_view images = "");

/// The headers that every answer carries; a header that the handler set itself is left alone. `personal`: the answer belongs to
/// one reader and must not be kept by any cache (unless the handler itself said how long).
void add_security_headers(Response& response, bool personal);

/// Gives an answer for everybody an ETag, and 304 in its place to who has it already.
void tell_if_changed(const Request& request, Response& response);

/// Replaces or adds. Names are compared without case.
void set_header(Response& response, std::string_view name, std::string value);
std::string_view header_of(const Response& response, std::string_view name);

}  // namespace shide::web
