// Documents one can read in a test: a spreadsheet is its name, then a line a row, cells apart by bars.
#pragma once

#include "base/text.h"
#include "ports/documents.h"

namespace shide::testing {

class PlainDocuments : public ports::Documents {
 public:
  Result<std::string> spreadsheet(const ports::Sheet& sheet) override {
    std::string text = sheet.name + "\n" + join(sheet.headings, "|") + "\n";
    for (const auto& row : sheet.rows) text += join(row, "|") + "\n";
    return text;
  }
};

}  // namespace shide::testing
