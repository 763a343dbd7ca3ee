// A bare list of names as people paste it or a spreadsheet saves it: one a line, or apart by blanks, commas, tabs.
//
//     names_in("序号,姓名,性别\n1,王小明,男\n2,王　芳,女")  ->  王小明 王芳
//
// Numbers, classes and the words of a table's head (schema/rules/name_list.info) are left out. A blank inside a name, put there to
// align it, is dropped; a name in another script keeps its blanks.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace shide::workflow {

/// In their order, each once.
std::vector<std::string> names_in(std::string_view pasted);

}  // namespace shide::workflow
