#include "http_out/client.h"

#include <cpprest/containerstream.h>
#include <cpprest/http_client.h>

#include <boost/asio/ssl/context.hpp>

#include <algorithm>
#include <cstdio>

namespace shide::http_out {
namespace {

using web::http::http_request;
using web::http::http_response;
using web::http::client::http_client;
using web::http::client::http_client_config;

constexpr std::size_t kPiece = 64u << 10;

/// Blanks and what is not ASCII are encoded; what is encoded already stays (cpprest's own encoding would do it twice).
std::string encoded(std::string_view url) {
  std::string out;
  for (unsigned char c : url) {
    char hexadecimal[4];
    if (c > ' ' && c < 0x7f) out += static_cast<char>(c);
    else out.append(hexadecimal, static_cast<std::size_t>(std::snprintf(hexadecimal, sizeof hexadecimal, "%%%02X", static_cast<unsigned>(c))));
  }
  return out;
}

http_client_config config_of(const Call& call) {
  http_client_config config;
  config.set_timeout(call.time_out);  // of connecting, and of each silence
  config.set_max_redirects(0);
  if (!call.ca_file.empty()) {
    config.set_ssl_context_callback([file = call.ca_file](boost::asio::ssl::context& context) {
      context.set_default_verify_paths();
      context.load_verify_file(file);
    });
  }
  return config;
}

http_request request_of(const Call& call, const web::uri& address) {
  http_request request(call.method);
  request.set_request_uri(address.resource());
  for (const auto& [name, value] : call.headers) request.headers().add(name, value);
  if (!call.body.empty()) request.set_body(call.body);
  return request;
}

/// What arrives until the limit, or until time is over: a server that drips a byte a second must not hold us.
std::string body_of(http_response& response, std::size_t limit, std::chrono::steady_clock::time_point until) {
  std::string body;
  while (body.size() < limit && std::chrono::steady_clock::now() < until) {
    Concurrency::streams::container_buffer<std::string> piece;
    std::size_t count = response.body().read(piece, std::min(kPiece, limit - body.size())).get();
    if (count == 0) break;
    body += piece.collection().substr(0, count);
  }
  return body;
}

/// cpprest's own word for it. It only chooses the sentence for people; that the call may be repeated is so either way.
bool is_about_trust(std::string_view words) { return words.find("SSL handshake") != std::string_view::npos; }

}  // namespace

Result<Answer> call(const Call& call) try {
  web::uri address(encoded(call.url));
  if (address.is_empty() || address.host().empty() || (address.scheme() != "http" && address.scheme() != "https")) {
    return Error{ErrorCode::kConfiguration, {"http_out.no_address"}, "no http address"};
  }
  auto until = std::chrono::steady_clock::now() + call.time_out;
  http_client client(address.authority(), config_of(call));
  pplx::cancellation_token_source cancel;
  auto asked = client.request(request_of(call, address), cancel.get_token());
  http_response response = asked.get();
  Answer answer;
  answer.status = response.status_code();
  answer.content_type = response.headers().content_type();
  answer.body = body_of(response, call.most_bytes, until);
  cancel.cancel();
  return answer;
} catch (const web::uri_exception&) {
  return Error{ErrorCode::kConfiguration, {"http_out.no_address"}, "no http address"};
} catch (const std::exception& failure) {
  return Error{ErrorCode::kUnavailable, {is_about_trust(failure.what()) ? "http_out.not_trusted" : "http_out.no_answer"}, failure.what()};
}

}  // namespace shide::http_out
