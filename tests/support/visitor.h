// A stranger with a browser: keeps cookies, and sends forms back with the token of the page that was shown last.
//
//     Visitor visitor(application);
//     visitor.open("/login");
//     visitor.send("/login", {{"login", "0300"}, {"password", "..."}});     -> 303, signed in from now on
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/web_address.h"
#include "web/application.h"

namespace shide::testing {

using TypedFields = std::vector<std::pair<std::string, std::string>>;

class Visitor {
 public:
  explicit Visitor(const web::Application& application) : application_(application) {}

  web::Response open(const std::string& path, const std::string& query = "") {
    web::Request request = a_request("GET", path);
    request.query = query;
    return keep(application_.handle(request));
  }

  web::Response send(const std::string& path, const TypedFields& fields) {
    std::string body = "csrf=" + token_;
    for (const auto& [name, value] : fields) body += "&" + encode_component(name) + "=" + encode_component(value);
    return post(path, "application/x-www-form-urlencoded", std::move(body));
  }

  struct File {
    std::string field, name, bytes;
  };
  web::Response send_files(const std::string& path, const TypedFields& fields, const std::vector<File>& files) {
    const std::string next = "--edge\r\nContent-Disposition: form-data; name=\"";
    std::string body = next + "csrf\"\r\n\r\n" + token_ + "\r\n";
    for (const auto& [name, value] : fields) body += next + name + "\"\r\n\r\n" + value + "\r\n";
    for (const File& file : files) body += next + file.field + "\"; filename=\"" + file.name + "\"\r\nContent-Type: application/octet-stream\r\n\r\n" + file.bytes + "\r\n";
    return post(path, "multipart/form-data; boundary=edge", body + "--edge--\r\n");
  }

 private:
  web::Response post(const std::string& path, const char* type, std::string body) {
    web::Request request = a_request("POST", path);
    request.headers.emplace_back("content-type", type);
    request.read_body = [body = std::move(body), at = std::size_t{0}](char* into, std::size_t size) mutable {
      std::size_t count = body.copy(into, size, at);
      at += count;
      return static_cast<long>(count);
    };
    return keep(application_.handle(request));
  }

  web::Request a_request(std::string method, const std::string& path) const {
    web::Request request;
    request.method = std::move(method);
    request.path = path;
    request.mount_prefix = "/shide";
    request.remote_address = "127.0.0.1";
    request.headers = {{"host", "localhost"}};
    std::string cookies;
    for (const auto& [name, value] : cookies_) cookies += name + "=" + value + "; ";
    if (!cookies.empty()) request.headers.emplace_back("cookie", cookies);
    return request;
  }

  web::Response keep(web::Response response) {
    for (const auto& [name, value] : response.headers) {
      if (name != "Set-Cookie") continue;
      std::size_t equals = value.find('=');
      cookies_[value.substr(0, equals)] = value.substr(equals + 1, value.find(';') - equals - 1);
    }
    static const std::string kToken = "name=\"csrf\" value=\"";
    if (std::size_t at = response.body.find(kToken); at != std::string::npos) {
      at += kToken.size();
      token_ = response.body.substr(at, response.body.find('"', at) - at);
    }
    return response;
  }

  const web::Application& application_;
  std::map<std::string, std::string> cookies_;
  std::string token_;
};

}  // namespace shide::testing
