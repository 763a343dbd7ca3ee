// A reader of the pages in a test: signs in with one click at the first request, keeps cookie and token, sends forms and JSON to the
// Application in memory.
//
//     Browser teacher(application, school.ports, "0300");
//     Response saved = teacher.post("/visits/" + id, {{"narrative", "..."}}, {{"photo_1", "JPEG:desk"}});
//     EXPECT_THAT(beside(saved, "visited_at"), HasSubstr("..."));
//     Response stale = teacher.api("PUT", "/api/v1/records/" + id, "{...}", {{"if-match", "\"1\""}});
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "ports/ports.h"
#include "web/application.h"

namespace shide::testing {

class Browser {
 public:
  using Fields = std::vector<std::pair<std::string, std::string>>;

  /// An empty login is a stranger.
  Browser(const web::Application& application, ports::Ports& ports, std::string login) : application_(application), ports_(ports), login_(std::move(login)) {}

  web::Response get(const std::string& target, const web::Headers& headers = {}) const { return send("GET", target, headers, ""); }
  /// urlencoded, or multipart when there are files: field -> bytes. The token is added.
  web::Response post(const std::string& path, Fields fields, const Fields& files = {}, web::Headers headers = {}) const;
  /// JSON with the token in its header.
  web::Response api(const std::string& method, const std::string& target, const std::string& body = "", web::Headers headers = {}) const;
  /// Whatever the headers say, plus the cookie.
  web::Response send(const std::string& method, const std::string& target, web::Headers headers, const std::string& body) const;

  std::string remote_address = "127.0.0.1";

 private:
  void sign_in() const;
  const web::Application& application_;
  ports::Ports& ports_;
  std::string login_;
  mutable std::string token_, csrf_;  // of the session, once it has begun
};

/// The sentence beside a field, when it is tied to a control by aria-describedby; empty when nothing is wrong with the field.
std::string beside(const web::Response& page, const std::string& field);
/// The value of a hidden input, or of a text field.
std::string value_of(const web::Response& page, const std::string& name);
std::string location(const web::Response& response);
/// problem+json as "path code", sorted by path.
std::map<std::string, std::string> wrong_fields(const web::Response& response);

}  // namespace shide::testing
