// How tests read a no: the code of its sentence, and the fields it stands beside.
//
//     EXPECT_EQ(refusal(sign_off(ports, owner, id)), "rectification.own");
//     EXPECT_THAT(fields(save_record(...)), Contains("visited_at"));
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace shide::testing {

/// What another person's row answers: it is never told apart from one that does not exist.
inline constexpr const char* kNoSuchThing = "error.not_found";

/// "done" when nothing stands in the way.
template <class T>
std::string refusal(const Result<T>& result) {
  const Error* error = result.if_error();
  return error ? error->phrase.code : "done";
}

/// "field: code" of each problem, in order.
template <class T>
std::vector<std::string> problems(const Result<T>& result) {
  std::vector<std::string> list;
  if (const Error* error = result.if_error()) {
    for (const Problem& problem : error->problems) list.push_back(problem.path + ": " + problem.phrase.code);
  }
  return list;
}

template <class T>
std::vector<std::string> fields(const Result<T>& result) {
  std::vector<std::string> list;
  if (const Error* error = result.if_error()) {
    for (const Problem& problem : error->problems) list.push_back(problem.path);
  }
  return list;
}

}  // namespace shide::testing
