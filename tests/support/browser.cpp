#include "support/browser.h"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/web_address.h"
#include "web/session.h"
#include "workflow/sign_in.h"

namespace shide::testing {

using web::Headers;
using web::Response;

namespace {

constexpr std::string_view kBoundary = "boundary-of-the-test";

std::string urlencoded(const Browser::Fields& fields) {
  std::string body;
  for (const auto& [name, value] : fields) body += (body.empty() ? "" : "&") + encode_component(name) + "=" + encode_component(value);
  return body;
}

std::string multipart(const Browser::Fields& fields, const Browser::Fields& files) {
  std::string body;
  auto part = [&](const std::string& head, const std::string& content) {
    body += "--" + std::string(kBoundary) + "\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
  };
  for (const auto& [name, value] : fields) part("name=\"" + name + "\"", value);
  for (const auto& [name, bytes] : files) part("name=\"" + name + "\"; filename=\"" + name + ".jpg\"", bytes);
  return body + "--" + std::string(kBoundary) + "--\r\n";
}

/// What stands between two marks, or nothing.
std::string between(const std::string& text, const std::string& before, const std::string& after) {
  std::size_t at = text.find(before);
  if (at == std::string::npos) return {};
  at += before.size();
  return text.substr(at, text.find(after, at) - at);
}

}  // namespace

void Browser::sign_in() const {
  if (login_.empty() || !token_.empty()) return;
  auto signed_in = workflow::sign_in_demo(ports_, login_);
  if (!signed_in) throw std::runtime_error("nobody has the login " + login_);
  token_ = signed_in->token;
  csrf_ = signed_in->csrf;
}

Response Browser::post(const std::string& path, Fields fields, const Fields& files, Headers headers) const {
  sign_in();
  fields.emplace_back("csrf", csrf_);
  std::string type = files.empty() ? "application/x-www-form-urlencoded" : "multipart/form-data; boundary=" + std::string(kBoundary);
  headers.emplace_back("content-type", type);
  return send("POST", path, std::move(headers), files.empty() ? urlencoded(fields) : multipart(fields, files));
}

Response Browser::api(const std::string& method, const std::string& target, const std::string& body, Headers headers) const {
  sign_in();
  headers.emplace_back("x-csrf-token", csrf_);
  headers.emplace_back("content-type", "application/json");
  return send(method, target, std::move(headers), body);
}

Response Browser::send(const std::string& method, const std::string& target, Headers headers, const std::string& body) const {
  sign_in();
  web::Request request;
  request.method = method;
  std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string::npos) request.query = target.substr(mark + 1);
  request.mount_prefix = "/shide";
  request.remote_address = remote_address;
  request.headers = std::move(headers);
  request.headers.emplace_back("host", "localhost");
  if (!token_.empty()) request.headers.emplace_back("cookie", "shide_session=" + token_);
  std::size_t at = 0;
  request.read_body = [&body, at](char* into, std::size_t size) mutable {
    std::size_t count = std::min(size, body.size() - at);
    body.copy(into, count, at);
    at += count;
    return static_cast<long>(count);
  };
  return application_.handle(request);
}

std::string beside(const Response& page, const std::string& field) {
  std::string id = field + "-error";
  std::string sentence = between(page.body, "id=\"" + id + "\">", "</p>");
  for (std::size_t at = 0; (at = page.body.find("aria-describedby=\"", at)) != std::string::npos; ++at) {
    std::string described = " " + between(page.body.substr(at, 300), "aria-describedby=\"", "\"") + " ";
    if (described.find(" " + id + " ") != std::string::npos) return sentence;
  }
  return sentence.empty() ? "" : "not tied to its field: " + sentence;
}

std::string value_of(const Response& page, const std::string& name) {
  std::size_t at = page.body.find("name=\"" + name + "\"");
  if (at == std::string::npos) return {};
  return between(page.body.substr(at, page.body.find('>', at) - at), "value=\"", "\"");
}

std::string location(const Response& response) { return std::string(web::header_of(response, "location")); }

std::map<std::string, std::string> wrong_fields(const Response& response) {
  std::map<std::string, std::string> fields;
  auto body = nlohmann::json::parse(response.body, nullptr, false);
  if (body.is_discarded() || !body.contains("fields")) return fields;
  for (const auto& field : body["fields"]) fields[field["path"].get<std::string>()] = field["code"].get<std::string>();
  return fields;
}

}  // namespace shide::testing
