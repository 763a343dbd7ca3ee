// Annex 3 as it comes back from a word processor: which words belong to which field. Goes by the cells alone: a cell that says no more
// than a field's label names the cell behind it. What stands in that cell is never taken for a label, whatever it says, and what stands
// nowhere is told, not dropped.
//
//     read_annex({{"家访过程：", "进门……"}}, {{"narrative", "家访过程"}})  ->  fields {"narrative": "进门……"}, others {}
//
// Pure and thread-safe.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace shide::visit {

/// Field and label; a field may have several, one in each language.
using AnnexLabels = std::vector<std::pair<std::string, std::string>>;

struct FilledAnnex {
  std::map<std::string, std::string> fields;  // what stands beside each label that was found, possibly nothing
  std::vector<std::string> others;            // what belongs to no field: one row each
};

/// `rows`: cells of text, paragraphs apart by "\n". Blanks and colons of a label do not count. The first of two that are the same does.
FilledAnnex read_annex(const std::vector<std::vector<std::string>>& rows, const AnnexLabels& labels);

}  // namespace shide::visit
