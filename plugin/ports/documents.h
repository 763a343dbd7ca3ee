// Files that people open in an office program. What stands in a cell is text and stays text: nothing of it is ever reckoned with.
//
//     documents.spreadsheet({"Archives", {"Name", "Month"}, {{"=1+1", "2021-01"}}})  ->  the bytes of an .xlsx that shows =1+1
//
// May be called from any thread.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"

namespace shide::ports {

struct Sheet {
  std::string name;  // on its tab; at most 31 characters without []:*?/\ (the format's own limit)
  std::vector<std::string> headings;
  std::vector<std::vector<std::string>> rows;
};

class Documents {
 public:
  virtual ~Documents() = default;
  virtual Result<std::string> spreadsheet(const Sheet& sheet) = 0;
};

}  // namespace shide::ports
