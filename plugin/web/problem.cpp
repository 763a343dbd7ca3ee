#include "web/problem.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace shide::web {
namespace {

/// The general sentence of a kind of error, for those that bring none.
std::string_view general_code(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalid: return "error.invalid";
    case ErrorCode::kNotFound:
    case ErrorCode::kForbidden: return "error.not_found";
    case ErrorCode::kUnauthenticated: return "error.sign_in_first";
    case ErrorCode::kStale: return "error.stale";
    case ErrorCode::kDuplicate: return "error.duplicate";
    case ErrorCode::kUnavailable:
    case ErrorCode::kBusy: return "error.busy";
    case ErrorCode::kTooLarge: return "error.too_large";
    case ErrorCode::kTooMany: return "error.too_many";
    case ErrorCode::kUnsupportedMedia: return "error.unsupported_media";
    case ErrorCode::kForged: return "error.forged";
    case ErrorCode::kWrongMethod: return "error.wrong_method";
    case ErrorCode::kInternal:
    case ErrorCode::kConfiguration: break;
  }
  return "error.internal";
}

/// "error.invalid" says how many places want a change.
Phrase general_phrase(const Error& error) {
  return {std::string(general_code(error.code)), {{"count", std::max<std::size_t>(1, error.problems.size())}}};
}

}  // namespace

int status_of(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalid: return 422;
    case ErrorCode::kNotFound:
    case ErrorCode::kForbidden: return 404;
    case ErrorCode::kUnauthenticated: return 401;
    case ErrorCode::kStale: return 412;
    case ErrorCode::kDuplicate: return 409;
    case ErrorCode::kUnavailable:
    case ErrorCode::kBusy: return 503;
    case ErrorCode::kTooLarge: return 413;
    case ErrorCode::kTooMany: return 429;
    case ErrorCode::kUnsupportedMedia: return 415;
    case ErrorCode::kForged: return 403;
    case ErrorCode::kWrongMethod: return 405;
    case ErrorCode::kInternal:
    case ErrorCode::kConfiguration: break;
  }
  return 500;
}

bool is_mendable(const Error& error) { return error.code == ErrorCode::kInvalid || error.code == ErrorCode::kStale; }

Error outward(Error error) {
  if (error.code == ErrorCode::kForbidden || error.code == ErrorCode::kNotFound) return not_found();
  bool ours = status_of(error.code) == 500;
  bool bare = error.phrase.args.empty() && error.phrase.code == general_code(error.code);
  if (ours || bare || error.phrase.empty()) error.phrase = general_phrase(error);
  if (ours) error.problems.clear();
  error.detail.clear();
  return error;
}

nlohmann::json problem_json(const Error& inward, Language language) {
  Error error = outward(inward);
  nlohmann::json body = {
      {"type", "about:blank"},
      {"title", render(general_phrase(error), language)},
      {"status", status_of(error.code)},
      {"code", error.phrase.code},
      {"detail", render(error.phrase, language)},
      {"fields", nlohmann::json::array()},
  };
  for (const Problem& field : error.problems) {
    body["fields"].push_back({{"path", field.path}, {"code", field.phrase.code}, {"message", render(field.phrase, language)}});
  }
  return body;
}

void add_error_headers(const Error& error, Response& response) {
  int status = status_of(error.code);
  if (status != 429 && status != 503) return;
  std::string seconds = status == 429 ? "300" : "5";
  for (const PhraseArgument& argument : error.phrase.args) {
    if (argument.name == "seconds") seconds = argument.text;
    if (argument.name == "minutes") seconds = std::to_string(std::atoi(argument.text.c_str()) * 60);
  }
  response.headers.emplace_back("Retry-After", seconds);
}

Response problem(const Error& error, Language language) {
  Response response;
  response.status = status_of(error.code);
  response.headers.emplace_back("Content-Type", "application/problem+json; charset=utf-8");
  response.headers.emplace_back("Content-Language", std::string(language_tag(language)));
  if (response.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  add_error_headers(error, response);
  response.body = problem_json(error, language).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
  return response;
}

}  // namespace shide::web
