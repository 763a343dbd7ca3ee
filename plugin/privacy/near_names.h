// What names.cpp asks of its helpers: whether a form is a name where it stands, and the names nobody wrote rightly.
#pragma once

#include <vector>

#include "privacy/names.h"

namespace shide::privacy {

/// The title right after a name, unless it is the beginning of a longer word (小明同|学习).
const Title* title_after(const Reading& reading, std::size_t end);
/// kCut = a name, kStands = an everyday word, kDoubt = either.
Certainty judge(const Reading& reading, const Form& form, std::size_t start, std::size_t end);
/// 明明, 天天.
bool is_doubled(const FoldedText& folded, std::size_t start, std::size_t end);

/// "小名叫豆豆": what the note says a child is called, wherever it then stands, and pet names nobody else bears.
std::vector<Finding> find_introduced_nicknames(const Reading& reading);
/// 王晓明 for 王小明: the same sounds or look-alikes of the people the note is about.
std::vector<Finding> find_misspelt_names(const Reading& reading, const Register& known, const std::vector<int>& people);

}  // namespace shide::privacy
