// The register of a large school as a sheet: pupils in the classes of TestSchool, with columns that an import does not keep.
//
//     auto bytes = OfficeFiles().spreadsheet(large_list(2000));
#pragma once

#include <string>

#include "ports/documents.h"
#include "support/test_school.h"

namespace shide::testing {

inline ports::Sheet large_list(int pupils) {
  ports::Sheet sheet{"名册", {"班级", "姓名", "学号", "家长电话", "住址"}, {}};
  for (int i = 0; i < pupils; ++i) {
    sheet.rows.push_back({"三(" + std::to_string(i % TestSchool::kClasses + 1) + ")班", "学生" + std::to_string(i), std::to_string(20180000 + i),
                          "1380000" + std::to_string(1000 + i), "幸福路" + std::to_string(i) + "号"});
  }
  return sheet;
}

}  // namespace shide::testing
