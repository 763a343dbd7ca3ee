#include "workflow/name_list.h"

#include <algorithm>
#include <set>

#include "base/info_file.h"
#include "base/resource.h"
#include "base/text.h"
#include "privacy/folded_text.h"

namespace shide::workflow {
namespace {

constexpr std::size_t kLongestName = 40;

struct Words {
  std::set<std::string> not_names;
  std::vector<std::string> not_endings;
};

const Words& words() {
  static const Words all = [] {
    Words read;
    auto file = parse_info(resource("schema/rules/name_list.info").value_or(""), "name_list.info");
    const InfoEntry* list = file ? file->child("name_list") : nullptr;
    if (!list) return read;
    std::string not_names = list->text("not_names"), not_endings = list->text("not_endings");
    for (std::string_view word : split(not_names, ' ')) read.not_names.emplace(word);
    for (std::string_view word : split(not_endings, ' ')) read.not_endings.emplace_back(word);
    return read;
  }();
  return all;
}

bool is_separator(char32_t c) {
  constexpr std::u32string_view kSeparators = U"\n\r\t,;|\uFF0C\u3001\uFF1B";
  return kSeparators.find(c) != std::u32string_view::npos;
}

bool is_quote(char32_t c) { return c == '"' || c == '\'' || c == 0x201C || c == 0x201D; }

/// "1." and "2)" before a name, and quotes around it.
std::u32string_view bare(std::u32string_view cell) {
  auto goes = [](char32_t c) { return c == ' ' || c == '.' || c == ')' || (c >= '0' && c <= '9') || is_quote(c); };
  while (!cell.empty() && goes(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && (cell.back() == ' ' || is_quote(cell.back()))) cell.remove_suffix(1);
  return cell;
}

bool is_name(std::u32string_view cell) {
  bool has_number = std::any_of(cell.begin(), cell.end(), [](char32_t c) { return (c >= '0' && c <= '9') || c == '(' || c == ')'; });
  if (cell.empty() || cell.size() > kLongestName || has_number) return false;
  std::string word = to_utf8(cell);
  const Words& known = words();
  bool ends_otherwise = std::any_of(known.not_endings.begin(), known.not_endings.end(), [&](const std::string& ending) { return word.ends_with(ending); });
  return !ends_otherwise && !known.not_names.contains(lower_ascii(word));
}

class NameList {
 public:
  void add(std::u32string_view cell) {
    cell = bare(cell);
    if (std::none_of(cell.begin(), cell.end(), privacy::is_han)) return add_name(cell);
    // Blanks part names, but one character alone goes with what follows: a surname and its given name set apart.
    std::string words = to_utf8(cell);
    std::u32string name;
    for (std::string_view word : split(words, ' ')) {
      std::u32string letters = to_code_points(word);
      bool was_alone = name.size() == 1;
      if (!was_alone) add_name(std::exchange(name, {}));
      name += letters;
    }
    add_name(name);
  }

  std::vector<std::string> take() && { return std::move(names_); }

 private:
  void add_name(std::u32string_view name) {
    name = bare(name);
    if (is_name(name) && seen_.emplace(name).second) names_.push_back(to_utf8(name));
  }

  std::vector<std::string> names_;
  std::set<std::u32string> seen_;
};

}  // namespace

std::vector<std::string> names_in(std::string_view pasted) {
  NameList list;
  std::u32string text = to_code_points(to_half_width(pasted));
  for (std::size_t start = 0; start <= text.size();) {
    std::size_t end = start;
    while (end < text.size() && !is_separator(text[end])) ++end;
    list.add(to_code_points(clean_line(to_utf8(text.substr(start, end - start))).value_or("")));
    start = end + 1;
  }
  return std::move(list).take();
}

}  // namespace shide::workflow
