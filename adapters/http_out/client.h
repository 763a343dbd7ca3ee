// One call to another server, bounded in time and size.
//
//     auto answer = http_out::call({.method = "GET", .url = "https://www.example.edu.cn/shide/"});
//     if (auto* error = answer.if_error()) return try_again_later(*error);      answer->status -> 200
//
// Starts threads of cpprest's own at its first use: never before a fork, never in a request that a visitor waits for.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"

namespace shide::http_out {

struct Call {
  std::string method = "GET";
  std::string url;  // absolute, http or https; blanks and non-ASCII characters are percent-encoded here, what is encoded stays
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string body = {};
  std::chrono::seconds time_out{10};
  std::size_t most_bytes = 2u << 20;  // of the answer: what is longer is cut
  std::string ca_file = {};           // certificates trusted besides the system's, PEM
};

struct Answer {
  int status = 0;
  std::string content_type;
  std::string body;
};

/// kUnavailable when there was no whole answer in time: the same call may be tried again later. kConfiguration for an address nobody
/// can call, kUnavailable {"http_out.not_trusted"} when the certificate is not one we trust. Any status is an answer; redirections are not followed. Any thread; blocks.
Result<Answer> call(const Call& call);

}  // namespace shide::http_out
