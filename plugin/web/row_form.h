// A list whose rows each have a form: what was typed and what is wrong stay with the row they belong to.
#pragma once

#include <string>
#include <vector>

#include "web/call.h"
#include "web/problem.h"

namespace shide::web {

/// What such a list needs to show one of its forms again: whose it was, and what was wrong.
struct RowRefusal {
  std::string row;  // the id of the row whose form was sent; empty: the page's own form, or none
  std::vector<Problem> problems = {};
  int status = 200;
};

inline Fields fields_of(const Call& call, const RowRefusal& refusal, const std::string& row) {
  return (refusal.row == row ? call.fields(refusal.problems) : call.fields()).in_row(row);
}

inline RowRefusal refused(const std::string& row, const Error& error, std::string_view otherwise) {
  return {row, problems_of(error, otherwise), status_of(error.code)};
}

}  // namespace shide::web
